import { RecordList, type Row, usePlace, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Flex, Typography } from 'antd'
import { Standing } from './standing.tsx'
import '../closures.css'

const LAW = ['title', 'state', 'measure', 'organ', 'basis', 'basisVersion', 'decidedBy', 'decisionNo', 'area', 'start', 'reviewBy', 'end']

const cells = {
  title: (row: Row) => <Link to={`/closures/${row.id}`}>{String(row.fields.title)}</Link>,
  state: (row: Row) => <Standing state={row.state} fields={row.fields} />,
}

/** Closing orders with what the law asks of each; what waits for the higher government is a tab of its own. */
export default function Orders() {
  const { t } = useSpeech()
  const { registry, has } = usePlace()
  const def = registry.records.get('closure')
  if (!def) return null
  const inForce = { key: 'inForce', label: w('实施中', 'In force'), filters: { state: 'inForce,reported' } }
  const awaiting = { key: 'awaiting', label: w('待上级批准', 'Awaiting approval'), filters: { state: 'submitted,reported' } }
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={3}>{t(w('封控决定', 'Closing orders'))}</Typography.Title>
      <RecordList
        def={def}
        columns={{ all: LAW, shown: LAW.filter((one) => one !== 'basisVersion') }}
        cells={cells}
        presets={[
          ...(has('leader') ? [awaiting, inForce] : [inForce, awaiting]),
          { key: 'review', label: w('逾期未复核', 'Review overdue'), filters: { reviewOverdue: 'true' } },
          { key: 'drafts', label: w('草拟', 'Drafts'), filters: { state: 'drafted,approved' } },
          { key: 'over', label: w('已终止', 'Ended'), filters: { state: 'lapsed,lifted,refused,withdrawn' } },
          { key: 'all', label: w('全部', 'All'), filters: {} },
        ]}
      />
    </Flex>
  )
}
