import { asProblem, call, FieldView, Loaded, newId, RecordList, Reveal, type Row, useAct, usePlace, useSpeech, w } from '@guatu/client'
import type { AnyRecord, Label, Problem } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Descriptions, Flex, Popconfirm, Segmented, Tag, Typography } from 'antd'
import { type ReactNode, useState } from 'react'

interface Pair {
  readonly one: Row
  readonly other: Row
  readonly twinship: { readonly weight: number; readonly grounds: readonly Label[] }
}

const DAYS = ['7', '30', '365']
const SHOWN = ['name', 'documentType', 'documentNumber', 'sex', 'birthYear', 'phone', 'household', 'address', 'registeredOn'] as const
const MERGED = { all: ['name', 'area', 'mergedInto', 'registeredOn'], shown: ['name', 'area', 'mergedInto', 'registeredOn'] }

/** Entries that may be one person, side by side: which one stays, or that they are two, is decided by a person and can be undone. */
export default function DuplicatePeople() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('person')
  const [days, setDays] = useState('30')
  const query = useQuery({
    queryKey: ['duplicates', 'person', days],
    queryFn: ({ signal }) => call<{ pairs: readonly Pair[] }>(`/api/person/duplicates?days=${days}`, { signal }),
  })
  if (!def) return null
  const label = (one: string) => (one === '365' ? t(w('近一年', 'Last year')) : t(w(`近${one}天`, `Last ${one} days`)))
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" wrap gap={8}>
        <Typography.Title level={3}>{t(w('疑似重复', 'Possible duplicates'))}</Typography.Title>
        <Segmented value={days} onChange={setDays} options={DAYS.map((value) => ({ value, label: label(value) }))} />
      </Flex>
      <Loaded
        query={query}
        empty={({ pairs }) => pairs.length === 0}
        emptyText={t(w('没有疑似重复的登记。', 'No entries that look like one person.'))}
      >
        {({ pairs }) => (
          <Flex vertical gap={16}>
            {pairs.map((pair) => (
              <PairCard key={`${pair.one.id}${pair.other.id}`} def={def} pair={pair} />
            ))}
          </Flex>
        )}
      </Loaded>
      <Typography.Title level={4} style={{ marginTop: 16 }}>
        {t(w('已并入的登记', 'Merged entries'))}
      </Typography.Title>
      <Typography.Text type="secondary">
        {t(w('并错了可打开该登记，点“撤销合并”。', 'Merged by mistake? Open the entry and undo the merge.'))}
      </Typography.Text>
      <RecordList def={def} name="person.merged" fixed={{ state: 'merged' }} columns={MERGED} lookOnly pageSize={10} />
    </Flex>
  )
}

function PairCard({ def, pair }: { readonly def: AnyRecord; readonly pair: Pair }) {
  const { t } = useSpeech()
  const act = useAct()
  const [problem, setProblem] = useState<Problem>()
  const [event] = useState(newId)
  const { one, other, twinship } = pair
  const decide = async (action: 'merge' | 'distinguish', row: Row, second: Row) => {
    setProblem(undefined)
    try {
      await act.mutateAsync({
        record: 'person',
        id: row.id,
        action,
        event,
        version: row.version,
        input: action === 'merge' ? { mergedInto: second.id } : { other: second.id },
      })
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const may = (row: Row, action: string) => row.offers.some((offer) => offer.action === action && offer.allowed)
  const keep = (stays: Row, goes: Row) => (
    <Popconfirm
      title={t(w('另一条并入这一条？可随时撤销。', 'Merge the other entry into this one? It can be undone.'))}
      onConfirm={() => void decide('merge', goes, stays)}
    >
      <Button type="primary" disabled={!may(goes, 'merge')} loading={act.isPending}>
        {t(w('保留这一条', 'Keep this one'))}
      </Button>
    </Popconfirm>
  )
  return (
    <Card size="small">
      <Flex gap={8} wrap justify="space-between" align="center" style={{ marginBottom: 8 }}>
        <Flex gap={4} wrap>
          {twinship.grounds.map((ground) => (
            <Tag key={ground.en} color="gold" style={{ whiteSpace: 'normal' }}>
              {t(ground)}
            </Tag>
          ))}
        </Flex>
        <Button disabled={!may(one, 'distinguish')} onClick={() => void decide('distinguish', one, other)}>
          {t(w('不是同一人', 'Not the same'))}
        </Button>
      </Flex>
      {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} style={{ marginBottom: 8 }} />}
      <Flex gap={12} wrap>
        <Side def={def} row={one} against={other} action={keep(one, other)} />
        <Side def={def} row={other} against={one} action={keep(other, one)} />
      </Flex>
    </Card>
  )
}

/** One of the two, with what differs from the other set off. */
function Side({
  def,
  row,
  against,
  action,
}: {
  readonly def: AnyRecord
  readonly row: Row
  readonly against: Row
  readonly action: ReactNode
}) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  // Masked entries look alike: whoever decides may look at each in full, with a purpose that is logged.
  const [clear, setClear] = useState<Row>()
  return (
    <Flex vertical gap={8} style={{ flex: '1 1 260px', minWidth: 0 }}>
      <Reveal def={def} row={row} shown={clear !== undefined} onChange={setClear} />
      <Descriptions
        size="small"
        column={1}
        bordered
        items={[
          { key: 'area', label: t(w('所在', 'Where')), children: areas.get(row.area)?.name ?? row.area },
          ...SHOWN.flatMap((name) => {
            const field = def.fields[name]
            const differs = row.fields[name] !== against.fields[name]
            return field
              ? [
                  {
                    key: name,
                    label: t(field.label),
                    children: (
                      <Typography.Text strong={differs}>
                        <FieldView field={field} value={(clear ?? row).fields[name]} name={name} />
                      </Typography.Text>
                    ),
                  },
                ]
              : []
          }),
        ]}
      />
      {action}
    </Flex>
  )
}
