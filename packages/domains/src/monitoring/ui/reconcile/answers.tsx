import { RecordLink, Sideways, usePlace, useSpeech, w } from '@guatu/client'
import { Button, Checkbox, Flex, Segmented, Table, type TableColumnsType, Tag, Typography } from 'antd'
import { useState } from 'react'
import { ALLOWED, DECISIONS, type Decision, FINDINGS, OUTCOMES, type Outcome } from '../../lists/outcomes.ts'
import { DecideDialogue } from './decide.tsx'
import { placeOf } from './place-of.ts'
import { reportCsv } from './report.ts'
import type { Compared, Reconciled } from './types.ts'

const PAGE = 50

/** The answers row by row, by outcome; of every outcome rows are ticked, one by one or all, and decided together. */
export function Answers(props: {
  readonly file: File
  readonly purpose: string
  readonly sheet: number | undefined
  readonly counts: Reconciled['counts']
  readonly rows: readonly Compared[]
  onDecided(): void
}) {
  const { file, purpose, sheet, counts, rows, onDecided } = props
  const { t, lang } = useSpeech()
  const { has } = usePlace()
  const [outcome, setOutcome] = useState<Outcome | 'all'>('missed')
  const [undecided, setUndecided] = useState(false)
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [deciding, setDeciding] = useState<Decision>()
  const ofOutcome = outcome === 'all' ? rows : rows.filter((row) => row.outcome === outcome)
  const shown = undecided ? ofOutcome.filter(isUndecided) : ofOutcome
  const may = outcome !== 'all' && has('town-clerk', 'county-clerk', 'duty-officer')
  const [usual, ...others] = outcome === 'all' ? [] : ALLOWED[outcome]
  const open = (key: Outcome) => rows.filter((row) => row.outcome === key && isUndecided(row)).length
  return (
    <Flex vertical gap={8}>
      <Segmented<Outcome | 'all'>
        aria-label={t(w('结果', 'Outcome'))}
        style={{ alignSelf: 'start', maxWidth: '100%', overflowX: 'auto' }}
        value={outcome}
        onChange={(next) => {
          setOutcome(next)
          setChosen([])
        }}
        options={[
          ...(Object.keys(OUTCOMES) as Outcome[]).map((key) => ({ value: key, label: `${t(OUTCOMES[key])} ${counts?.[key] ?? 0}` })),
          { value: 'all' as const, label: `${t(w('全部', 'All'))} ${rows.length}` },
        ]}
      />
      <Flex gap={8} wrap align="center">
        <Checkbox checked={undecided} onChange={(event) => setUndecided(event.target.checked)}>
          {t(w('只看未处理', 'Only those not settled'))}
        </Checkbox>
        {may && (
          <>
            <Button onClick={() => setChosen(ofOutcome.filter(isUndecided).map((row) => row.line))} disabled={open(outcome) === 0}>
              {t({ zh: `选中全部未处理（${open(outcome)}）`, en: `Choose all not settled (${open(outcome)})` })}
            </Button>
            {usual && (
              <Button type="primary" disabled={chosen.length === 0} onClick={() => setDeciding(usual)}>
                {`${t(DECISIONS[usual])}${t({ zh: `（${chosen.length}）`, en: ` (${chosen.length})` })}`}
              </Button>
            )}
            {others.map((one) => (
              <Button key={one} disabled={chosen.length === 0} onClick={() => setDeciding(one)}>
                {t(DECISIONS[one])}
              </Button>
            ))}
          </>
        )}
        <Button
          style={{ marginInlineStart: 'auto' }}
          onClick={() => save(reportCsv(rows, lang), `${file.name.replace(/\.\w+$/, '')}-${t(w('比对结果', 'answers'))}.csv`)}
        >
          {t(w('下载逐行结果', 'Download all answers'))}
        </Button>
      </Flex>
      <Sideways>
        <Table<Compared>
          size="small"
          rowKey="line"
          columns={useColumns()}
          dataSource={[...shown]}
          scroll={{ x: 1060 }}
          pagination={{ pageSize: PAGE, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
          {...(may
            ? {
                rowSelection: {
                  selectedRowKeys: [...chosen],
                  onChange: (keys) => setChosen(keys.map(Number)),
                  preserveSelectedRowKeys: true,
                },
              }
            : {})}
          locale={{ emptyText: t(w('没有这样的行', 'No such row')) }}
        />
      </Sideways>
      {deciding && (
        <DecideDialogue
          decision={deciding}
          file={file}
          purpose={purpose}
          sheet={sheet}
          rows={rows.filter((row) => chosen.includes(row.line))}
          onClose={(decided) => {
            setDeciding(undefined)
            if (!decided) return
            setChosen([])
            onDecided()
          }}
        />
      )}
    </Flex>
  )
}

/** A visit that has been answered waits for the officer again, and so does whoever was entered and taken back since. */
const isUndecided = ({ decided, outcome }: Compared) =>
  decided === undefined ||
  (decided.decision === 'visit' && decided.finding !== undefined) ||
  (decided.undone === true && outcome !== 'found')

function useColumns(): TableColumnsType<Compared> {
  const { t } = useSpeech()
  return [
    { key: 'line', title: t(w('行', 'Line')), width: 88, fixed: 'left', render: (_, row) => placeOf(row) },
    { key: 'outcome', title: t(w('结果', 'Outcome')), width: 110, render: (_, row) => t(OUTCOMES[row.outcome]) },
    { key: 'name', title: t(w('姓名', 'Name')), dataIndex: 'name', width: 90 },
    {
      key: 'document',
      title: t(w('证件号码（无则电话）', 'Document (else phone)')),
      width: 180,
      render: (_, row) => row.document ?? row.phone,
    },
    { key: 'why', title: t(w('原因', 'Why')), width: 260, render: (_, row) => t(row.why) },
    { key: 'decided', title: t(w('处理', 'Decision')), width: 210, render: (_, row) => <DecidedCell row={row} /> },
    {
      key: 'watch',
      title: t(w('观察', 'Observation')),
      width: 130,
      render: (_, row) => (row.watch ? <RecordLink of="watch" id={row.watch} /> : '—'),
    },
  ]
}

function DecidedCell({ row: { decided } }: { readonly row: Compared }) {
  const { t } = useSpeech()
  if (!decided) return <Typography.Text type="secondary">{t(w('未处理', 'Not settled'))}</Typography.Text>
  return (
    <Flex gap={4} wrap>
      <Tag>{t(DECISIONS[decided.decision])}</Tag>
      {decided.finding && <Tag color="blue">{t(FINDINGS[decided.finding])}</Tag>}
      {decided.state === 'open' && <Tag color="gold">{t(w('待核查', 'To be looked for'))}</Tag>}
    </Flex>
  )
}

function save(text: string, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
