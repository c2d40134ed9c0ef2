import { usePlace, useSpeech, w } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { Tag } from 'antd'
import { NEVER_IN_FORCE, neverActed } from './lapsed.ts'

const TONES: Readonly<Record<string, string>> = {
  inForce: 'volcano',
  reported: 'volcano',
  submitted: 'gold',
  approved: 'blue',
  refused: 'purple',
  lapsed: 'default',
  lifted: 'green',
  drafted: 'default',
  withdrawn: 'default',
}

/** State of an order as a word with a colour, and an alarm beside it when its review is overdue or its end has passed. */
export function Standing({ state, fields }: { readonly state: string; readonly fields: Readonly<Record<string, unknown>> }) {
  const { t } = useSpeech()
  const { registry, me } = usePlace()
  const label: Label | undefined = registry.records.get('closure')?.states[state]
  const over = ['inForce', 'reported', 'approved', 'submitted'].includes(state) && typeof fields.end === 'string' && fields.end <= me.now
  const words = over ? w('已到期', 'Past its end') : neverActed(state, fields) ? NEVER_IN_FORCE : label
  return (
    <>
      <Tag color={over ? 'default' : (TONES[state] ?? 'default')}>{words && t(words)}</Tag>
      {fields.reviewOverdue === true && <Tag color="red">■ {t(w('逾期未复核', 'Review overdue'))}</Tag>}
    </>
  )
}
