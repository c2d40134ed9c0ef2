import { type AnyRecord, holds, MOVE } from '@guatu/kernel'
import { App, Button, Space, Tooltip } from 'antd'
import { useState } from 'react'
import type { Row } from '../api/types.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { ActDialogue } from './act-form.tsx'
import { fromDay, notBefore } from './not-before.ts'
import { useStandsWide } from './stands-wide.tsx'

/** The next actions of a record as buttons: what this person may do now; what somebody else has to do, or what is not done yet, says so. */
export function Actions({
  def,
  row,
  size = 'middle',
  onlyAllowed = false,
}: {
  readonly def: AnyRecord
  readonly row: Row
  readonly size?: 'small' | 'middle'
  /** Leaves out what somebody else has to do, where room is scarce. */
  readonly onlyAllowed?: boolean
}) {
  const { t } = useSpeech()
  const { today } = usePlace()
  const wide = useStandsWide(def, row)
  const { message } = App.useApp()
  const [chosen, setChosen] = useState<string>()
  const main = (name: string) => def.actions[name]?.tone === 'main'
  const holdsNow = (name: string) => {
    const when = def.actions[name]?.when
    return when === undefined || (name === MOVE && wide) || holds(when, { ...row.fields, state: row.state })
  }
  const offers = row.offers
    .filter((one) => (one.allowed || !onlyAllowed) && holdsNow(one.action))
    .sort((a, b) => Number(main(b.action)) - Number(main(a.action)))
  if (offers.length === 0 && open === undefined) return null
  return (
    <Space wrap>
      {offers.map(({ action, allowed }) => {
        const one = def.actions[action]
        if (!one) return null
        const early = notBefore(one, row, today)
        const open = allowed && early === undefined
        const button = (
          <Button
            key={action}
            size={size}
            type={main(action) && open ? 'primary' : 'default'}
            danger={one.tone === 'danger'}
            aria-disabled={!open}
            {...(open ? {} : { className: 'refused' })}
            onClick={() => open && setChosen(action)}
          >
            {t(early === undefined ? one.label : fromDay(one.label, early))}
          </Button>
        )
        // A refused action can still be reached and says why, on hover and on focus.
        return allowed ? (
          button
        ) : (
          <Tooltip
            key={action}
            trigger={['hover', 'focus']}
            title={t(w('您的角色，或授权的区划、单位，不能执行此操作', 'Your role, or its area or unit, does not allow this'))}
          >
            {button}
          </Tooltip>
        )
      })}
      {chosen && (
        <ActDialogue
          def={def}
          action={chosen}
          row={row}
          open
          onCancel={() => setChosen(undefined)}
          onDone={() => {
            void message.success(t(w('已保存', 'Saved')))
            setChosen(undefined)
          }}
        />
      )}
    </Space>
  )
}
