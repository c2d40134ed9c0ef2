import { type Row, readerOf, rulesOf, usePlace, useRules, useSpeech, w } from '@guatu/client'
import type { Draft } from '@guatu/kernel'
import { Typography } from 'antd'
import { whyAt } from '../../supervision/grading.ts'
import type { fields } from '../../supervision/task-fields.ts'

/** Why a task is yellow or red, by the rules in force; nothing for other lights. */
export function LightReason({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { today } = usePlace()
  const rules = useRules().data
  const { light } = row.fields
  if (!rules || (light !== 'yellow' && light !== 'red')) return null
  const why = whyAt(row.fields as Draft<typeof fields>, row.state, today, readerOf(rulesOf(rules)))
  return why ? (
    <Typography.Text type="secondary">
      {t(w('亮灯原因：', 'Why this light: '))}
      {t(why)}
    </Typography.Text>
  ) : null
}
