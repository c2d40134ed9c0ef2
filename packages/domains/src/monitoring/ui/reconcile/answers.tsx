import { RecordLink, usePlace, useSpeech, w } from '@guatu/client'
import { Button, Flex, Segmented, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { EnterMissed } from './enter-missed.tsx'
import { reportCsv } from './report.ts'
import { type Compared, OUTCOMES, type Outcome, type Reconciled } from './types.ts'

const PAGE = 50

/** The answers row by row, by outcome; those missed can be ticked and entered. */
export function Answers(props: {
  readonly file: File
  readonly purpose: string
  readonly counts: Reconciled['counts']
  readonly rows: readonly Compared[]
  onEntered(): void
}) {
  const { file, purpose, counts, rows, onEntered } = props
  const { t, lang } = useSpeech()
  const { has } = usePlace()
  const [outcome, setOutcome] = useState<Outcome | 'all'>('missed')
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [entering, setEntering] = useState(false)
  const shown = outcome === 'all' ? rows : rows.filter((row) => row.outcome === outcome)
  const columns: TableColumnsType<Compared> = [
    { key: 'line', title: t(w('行', 'Line')), dataIndex: 'line', width: 72, fixed: 'left' },
    { key: 'outcome', title: t(w('结果', 'Outcome')), width: 120, render: (_, row) => t(OUTCOMES[row.outcome]) },
    { key: 'name', title: t(w('姓名', 'Name')), dataIndex: 'name', width: 100 },
    { key: 'document', title: t(w('证件号码', 'Document')), dataIndex: 'document', width: 190 },
    { key: 'why', title: t(w('原因', 'Why')), width: 280, render: (_, row) => t(row.why) },
    {
      key: 'watch',
      title: t(w('观察', 'Observation')),
      width: 140,
      render: (_, row) => (row.watch ? <RecordLink of="watch" id={row.watch} /> : '—'),
    },
  ]
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} justify="space-between" wrap>
        <Segmented<Outcome | 'all'>
          aria-label={t(w('结果', 'Outcome'))}
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
        <Flex gap={8} wrap>
          <Button onClick={() => save(reportCsv(rows, lang), `${file.name.replace(/\.\w+$/, '')}-${t(w('比对结果', 'answers'))}.csv`)}>
            {t(w('下载逐行结果', 'Download all answers'))}
          </Button>
          {outcome === 'missed' && has('town-clerk', 'county-clerk', 'duty-officer') && (
            <Button type="primary" disabled={chosen.length === 0} onClick={() => setEntering(true)}>
              {t({ zh: `纳入观察（${chosen.length}）`, en: `Enter ${chosen.length}` })}
            </Button>
          )}
        </Flex>
      </Flex>
      <Table<Compared>
        size="small"
        rowKey="line"
        columns={columns}
        dataSource={[...shown]}
        scroll={{ x: 900 }}
        pagination={{ pageSize: PAGE, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
        {...(outcome === 'missed'
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
      {entering && (
        <EnterMissed
          file={file}
          purpose={purpose}
          lines={chosen}
          onClose={(entered) => {
            setEntering(false)
            setChosen([])
            if (entered) onEntered()
          }}
        />
      )}
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
