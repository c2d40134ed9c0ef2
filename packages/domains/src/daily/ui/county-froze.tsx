import { Sideways, useSpeech, w } from '@guatu/client'
import { minuteWords } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Card, Table } from 'antd'
import type { CountyFroze } from '../report/late.ts'
import { labelOf } from '../report/lines.ts'

/** Where a county froze other figures of the same day: both reports stand, and this one names the difference. */
export function CountiesFroze({ counties, zone }: { readonly counties: readonly CountyFroze[]; readonly zone: string }) {
  const { t } = useSpeech()
  const figures = counties.flatMap(({ report, composedAt, changed }) => changed.map((one) => ({ ...one, report, composedAt })))
  return (
    <Card size="small" title={t(w('与区县已冻结日报不同', 'Differs from what the county froze'))}>
      <p className="daily-as-of">
        {t(
          w(
            '以下区县当日的日报冻结在先，其后有补录或更正；本表按生成时的数据，两份均有效。',
            'These counties had frozen their report of the day when more came in; this one counts what was known when it was composed. Both stand.',
          ),
        )}
      </p>
      <Sideways>
        <Table
          size="small"
          pagination={false}
          rowKey={(one) => `${one.area} ${one.line}`}
          scroll={{ x: 'max-content', y: 320 }}
          dataSource={figures}
          columns={[
            { title: t(w('区县', 'County')), render: (_, one) => <Link to={`/daily/${one.report}`}>{one.name}</Link> },
            { title: t(w('区县日报生成', 'Its report composed')), render: (_, one) => t(minuteWords(one.composedAt, zone)) },
            { title: t(w('项目', 'Line')), render: (_, one) => t(labelOf(one.line) ?? w(one.line, one.line)) },
            { title: t(w('区县冻结', 'The county froze')), dataIndex: 'was', align: 'right' },
            { title: t(w('本表', 'This report')), dataIndex: 'is', align: 'right' },
            { title: t(w('相差', 'Difference')), align: 'right', render: (_, { was, is }) => (is > was ? `▲${is - was}` : `▼${was - is}`) },
          ]}
        />
      </Sideways>
    </Card>
  )
}
