import { RecordList, type Row, usePlace, useSpeech, w } from '@guatu/client'
import { Tabs, Typography } from 'antd'
import { useEntries } from './use-entries.ts'

/** Columns that a side panel has room for. */
const MOST_COLUMNS = 5

/** Everything that other registers say of a person, by whichever of their entries and as far as one may read it: whatever names a person of the register is found here by itself. */
export function KnownOf({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry, reads } = usePlace()
  const entries = useEntries(row).join(',')
  const naming = [...registry.records.values()].flatMap((def) => {
    const field = Object.entries(def.fields).find(([, one]) => one.kind === 'person')?.[0]
    const may = reads(def.name)
    return field === undefined || !may || def.name === 'person' ? [] : [{ def, field }]
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
