import { asProblem, Failed, RecordList, Sideways, usePlace, useSpeech, w } from '@guatu/client'
import { addDays, fullDayWords, type Label } from '@guatu/kernel'
import { Button, DatePicker, Drawer, Flex, Segmented, Skeleton, Table, type TableColumnsType, Typography } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { byUnit, type Filters, type Measure, type Score } from '../../scoreboard/index.ts'
import { useScores } from './use-scores.ts'
import './scoreboard.css'

interface Behind {
  readonly title: string
  readonly filters: Filters
}

/** The first day of the quarter-year of work that is looked at unless somebody asks for another. */
const LOOK_BACK_DAYS = 90

export const COLUMN_LABELS = {
  issued: w('交办', 'Issued'),
  signed: w('按时签收', 'Signed in time'),
  reported: w('按时反馈', 'Reported in time'),
  returned: w('退回', 'Returned'),
  overdue: w('逾期未办结', 'Overdue'),
} as const satisfies Record<string, Label>

/** How every unit answers: signed in time, reported in time, returned, overdue; a click shows the tasks behind a figure. */
export default function Scoreboard() {
  const { t } = useSpeech()
  const { named, registry, today } = usePlace()
  const [[from, to], setRange] = useState<readonly [string, string]>([addDays(today, -LOOK_BACK_DAYS), today])
  const [monthly, setMonthly] = useState(false)
  const [behind, setBehind] = useState<Behind>()
  const { scores, error, filters } = useScores(from, to)
  const task = registry.records.get('task')
  const open = (score: Score, measure: Measure, label: Label) => {
    const month =
      score.month === '' ? {} : { 'issuedOn.from': latest(from, `${score.month}-01`), 'issuedOn.to': earliest(to, lastOf(score.month)) }
    setBehind({ title: `${named(score.unit)} · ${t(label)}`, filters: { ...filters(measure), ...month, unit: score.unit } })
  }
  const figure = (score: Score, measure: Measure, label: Label) => {
    const n = score.counts[measure]
    return n === 0 ? (
      <span className="zero">0</span>
    ) : (
      <Button type="link" size="small" className="figure" onClick={() => open(score, measure, label)}>
        {n}
      </Button>
    )
  }
  const ratio = (score: Score, part: Measure, whole: Measure, label: Label) => {
    const of = score.counts[whole]
    if (of === 0) return <span className="zero">—</span>
    return (
      <span className="ratio">
        {figure(score, part, label)}/{figure(score, whole, label)}
        <span className="share">{Math.round((score.counts[part] / of) * 100)}%</span>
      </span>
    )
  }
  const columns: TableColumnsType<Score> = [
    { key: 'unit', title: t(w('单位', 'Unit')), fixed: 'left', width: 190, render: (_, one) => named(one.unit) },
    ...(monthly ? [{ key: 'month', title: t(w('月份', 'Month')), width: 90, render: (_: unknown, one: Score) => one.month }] : []),
    {
      key: 'issued',
      title: t(COLUMN_LABELS.issued),
      width: 80,
      align: 'right',
      sorter: (a, b) => a.counts.issued - b.counts.issued,
      render: (_, one) => figure(one, 'issued', COLUMN_LABELS.issued),
    },
    {
      key: 'signed',
      title: t(COLUMN_LABELS.signed),
      width: 150,
      align: 'right',
      sorter: (a, b) => share(a, 'signedInTime', 'signed') - share(b, 'signedInTime', 'signed'),
      render: (_, one) => ratio(one, 'signedInTime', 'signed', COLUMN_LABELS.signed),
    },
    {
      key: 'reported',
      title: t(COLUMN_LABELS.reported),
      width: 150,
      align: 'right',
      sorter: (a, b) => share(a, 'reportedInTime', 'reported') - share(b, 'reportedInTime', 'reported'),
      render: (_, one) => ratio(one, 'reportedInTime', 'reported', COLUMN_LABELS.reported),
    },
    {
      key: 'returned',
      title: t(COLUMN_LABELS.returned),
      width: 90,
      align: 'right',
      sorter: (a, b) => a.counts.returned - b.counts.returned,
      render: (_, one) => figure(one, 'returned', COLUMN_LABELS.returned),
    },
    {
      key: 'overdue',
      title: t(COLUMN_LABELS.overdue),
      width: 120,
      align: 'right',
      defaultSortOrder: 'descend',
      sorter: (a, b) => a.counts.overdue - b.counts.overdue,
      render: (_, one) => figure(one, 'overdue', COLUMN_LABELS.overdue),
    },
  ]
  return (
    <Flex vertical gap={8} className="scoreboard">
      <Flex justify="space-between" wrap gap={8} align="center">
        <Typography.Title level={3}>{t(w('办理情况', 'Scoreboard'))}</Typography.Title>
        <Flex gap={8} wrap>
          <DatePicker.RangePicker
            allowClear={false}
            value={[dayjs(from), dayjs(to)]}
            maxDate={dayjs(today)}
            aria-label={t(w('交办日期', 'Issued between'))}
            onChange={(range) => range?.[0] && range[1] && setRange([range[0].format('YYYY-MM-DD'), range[1].format('YYYY-MM-DD')])}
          />
          <Segmented
            aria-label={t(w('汇总方式', 'Sum by'))}
            value={monthly ? 'month' : 'unit'}
            onChange={(next) => setMonthly(next === 'month')}
            options={[
              { value: 'unit', label: t(w('按单位', 'By unit')) },
              { value: 'month', label: t(w('按单位和月份', 'By unit and month')) },
            ]}
          />
        </Flex>
      </Flex>
      <Typography.Text type="secondary">
        {t({
          zh: `${fullDayWords(from).zh}至${fullDayWords(to).zh}交办的任务，截至${fullDayWords(today).zh}。点数字看任务。`,
          en: `Tasks issued ${fullDayWords(from).en} to ${fullDayWords(to).en}, as of ${fullDayWords(today).en}. Press a figure for its tasks.`,
        })}
      </Typography.Text>
      {error ? (
        <Failed problem={asProblem(error)} />
      ) : scores === undefined ? (
        <Skeleton active />
      ) : (
        <Sideways>
          <Table<Score>
            size="small"
            rowKey={(one) => `${one.unit} ${one.month}`}
            pagination={false}
            sticky={{ offsetHeader: 48 }}
            scroll={{ x: 780 }}
            columns={columns}
            dataSource={[...(monthly ? scores : byUnit(scores))]}
            locale={{ emptyText: t(w('这段时间没有交办任务', 'No tasks were issued in this time')) }}
          />
        </Sideways>
      )}
      <Drawer open={behind !== undefined} onClose={() => setBehind(undefined)} size={960} title={behind?.title} destroyOnHidden>
        {behind && task && <RecordList def={task} name="task.behind" lookOnly fixed={behind.filters} />}
      </Drawer>
    </Flex>
  )
}

const share = (score: Score, part: Measure, whole: Measure) => (score.counts[whole] === 0 ? -1 : score.counts[part] / score.counts[whole])
const latest = (a: string, b: string) => (a > b ? a : b)
const earliest = (a: string, b: string) => (a < b ? a : b)
const lastOf = (month: string) => dayjs(`${month}-01`).endOf('month').format('YYYY-MM-DD')
