import { RecordList, type Row, usePlace, useSpeech, w } from '@guatu/client'
import type { AnyRecord } from '@guatu/kernel'
import { Tabs, Typography } from 'antd'
import { useEntries } from './use-entries.ts'

/** Columns that a side panel has room for. */
const MOST_COLUMNS = 5

/** The field that says whom a record is about: a person that it is made with, not one whom something made of it later. */
const aboutWhom = ({ fields, actions }: AnyRecord): string | undefined =>
  Object.keys(fields).find(
    (name) =>
      fields[name]?.kind === 'person' &&
      Object.values(actions).some(({ from, needs = [], takes = [] }) => from === 'new' && (needs.includes(name) || takes.includes(name))),
  )

/** Everything that other registers say of a person, by whichever of their entries and as far as one may read it: what is about a person is found here by itself. */
export function KnownOf({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry, reads } = usePlace()
  const entries = useEntries(row).join(',')
  const naming = [...registry.records.values()].flatMap((def) => {
    const field = aboutWhom(def)
    return field === undefined || !reads(def.name) ? [] : [{ def, field }]
  })
  if (naming.length === 0) return null
  return (
    <div>
      <Typography.Text type="secondary">{t(w('各业务中的记录：', 'In the other registers:'))}</Typography.Text>
      <Tabs
        size="small"
        destroyOnHidden
        items={naming.map(({ def, field }) => {
          const columns = def.list.columns.filter((name) => name !== field).slice(0, MOST_COLUMNS)
          return {
            key: def.name,
            label: t(def.label),
            children: (
              <RecordList
                def={def}
                name={`person.${def.name}`}
                fixed={{ [field]: entries }}
                columns={{ all: columns, shown: columns }}
                lookOnly
              />
            ),
          }
        })}
      />
    </div>
  )
}
