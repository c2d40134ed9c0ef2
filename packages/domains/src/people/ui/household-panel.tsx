import { PlusOutlined } from '@ant-design/icons'
import { ActDialogue, RecordList, type Row, usePlace, useSpeech, w } from '@guatu/client'
import { Button, Card, Flex } from 'antd'
import { useState } from 'react'
import { Entered } from './entered.tsx'
import { SelfLinks } from './self-link.tsx'

/** Who lives behind this door, and who looks after them. */
export default function HouseholdPanel({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry, me } = usePlace()
  const [adding, setAdding] = useState(false)
  const person = registry.records.get('person')
  const assignment = registry.records.get('assignment')
  if (!person || !assignment) return null
  const may = row.state === 'registered' && me.grants.some((grant) => person.actions.register?.by[grant.role])
  return (
    <Flex vertical gap={12}>
      <Card
        size="small"
        title={t(w('户内人员', 'Members'))}
        extra={
          may && (
            <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t(w('登记成员', 'Add a member'))}
            </Button>
          )
        }
      >
        <RecordList
          def={person}
          name="household-members"
          fixed={{ household: row.id, state: 'registered' }}
          columns={{ all: ['name', 'relation', 'sex', 'birthYear', 'phone'], shown: ['name', 'relation', 'sex', 'birthYear', 'phone'] }}
          cells={{ name: (row) => <Entered def={person} row={row} /> }}
          lookOnly
        />
      </Card>
      <Card size="small" title={t(w('包保责任人', 'Who looks after them'))}>
        <RecordList
          def={assignment}
          name="household-assignments"
          fixed={{ household: row.id, state: 'active' }}
          columns={{ all: ['worker', 'part', 'from'], shown: ['worker', 'part', 'from'] }}
          lookOnly
        />
      </Card>
      <SelfLinks record="household" row={row} />
      {adding && (
        <ActDialogue
          def={person}
          action="register"
          open
          area={row.area}
          initial={{ household: row.id, documentType: 'nationalId' }}
          onCancel={() => setAdding(false)}
          onDone={() => setAdding(false)}
        />
      )}
    </Flex>
  )
}
