import { useSpeech, w } from '@guatu/client/language'
import type { CarriedRow, Label } from '@guatu/kernel'
import type { ReactNode } from 'react'
import { useWork } from '../work.tsx'
import { Chooser } from './chooser.tsx'
import { nameOf } from './words.ts'

const MOST = 12
const KNOWN_BY: Readonly<Record<string, Label>> = {
  household: w('门牌，例如 501', 'Door, such as 501'),
  place: w('小区或楼栋的名称', 'Name of the estate or building'),
}

/** A record of the area by what a worker knows of it: the door of a home, the home and the surname of a person. */
export function Picker(props: {
  readonly label: ReactNode
  readonly record: string
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}) {
  const { replica } = useWork()
  const { t, lang } = useSpeech()
  const chosen = props.value === undefined ? undefined : replica.stays(props.record, props.value)
  const numberOf = (row: CarriedRow) => String(row.fields.documentNumber ?? '')
  const doorOf = (row: CarriedRow) => String(replica.get('household', String(row.fields.household ?? ''))?.fields.door ?? '')
  const known = (row: CarriedRow) => `${nameOf(replica, row, props.record, lang)} ${doorOf(row)}`
  return (
    <Chooser
      label={props.label}
      placeholder={t(KNOWN_BY[props.record] ?? w('姓、门牌或证件后四位', 'Surname, door, or last four digits'))}
      chosen={chosen && known(chosen)}
      find={(words) =>
        replica
          .all(props.record)
          .filter((row) => {
            const text = `${known(row)} ${numberOf(row).slice(-4)}`
            return words.every((word) => text.includes(word))
          })
          .slice(0, MOST)
          .map((row) => ({
            id: row.id,
            name: nameOf(replica, row, props.record, lang),
            beside: [doorOf(row), numberOf(row)].filter(Boolean).join(' · '),
          }))
      }
      onChange={props.onChange}
    />
  )
}
