import { Choice, RecordList, type Row, usePlace, useSpeech, w } from '@guatu/client'
import type { AnyRecord } from '@guatu/kernel'
import { Flex, Typography } from 'antd'
import { useState } from 'react'
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
  const [chosen, setChosen] = useState<string>()
  const naming = [...registry.records.values()].flatMap((def) => {
    const field = aboutWhom(def)
    return field === undefined || !reads(def.name) ? [] : [{ def, field }]
  })
  const [first] = naming
  if (!first) return null
  const { def, field } = naming.find((one) => one.def.name === chosen) ?? first
  const columns = def.list.columns.filter((name) => name !== field).slice(0, MOST_COLUMNS)
  return (
    <Flex vertical gap={8}>
      <Typography.Text type="secondary" id="known-of">
        {t(w('各业务中的记录：', 'In the other registers:'))}
      </Typography.Text>
      <Flex gap={4} wrap role="group" aria-labelledby="known-of">
        {naming.map((one) => (
          <Choice key={one.def.name} chosen={one.def === def} onChoose={() => setChosen(one.def.name)}>
            {t(one.def.label)}
          </Choice>
        ))}
      </Flex>
      <RecordList
        key={def.name}
        def={def}
        name={`person.${def.name}`}
        fixed={{ [field]: entries }}
        columns={{ all: columns, shown: columns }}
        lookOnly
      />
    </Flex>
  )
}
