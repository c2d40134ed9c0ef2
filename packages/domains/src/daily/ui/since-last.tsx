import { Sideways, useSpeech, w } from '@guatu/client'
import { counted, fullDayWords, minuteWords } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Card, Flex, Table } from 'antd'
import { changedByDay, type SinceLast } from '../report/late.ts'
import { labelOf } from '../report/lines.ts'

/** What came in about earlier days after they were frozen: the frozen figures stay, the corrections stand here by name. */
export function SinceLastReport({ since, zone }: { readonly since: SinceLast; readonly zone: string }) {
  const { t } = useSpeech()
  const { acts, named, report, day } = since
  const changed = changedByDay(since)
  return (
    <Card
      size="small"
      title={t(w(`上次日报（${fullDayWords(day).zh}）之后补录`, `Recorded since the report of ${fullDayWords(day).en}`))}
      extra={<Link to={`/daily/${report}`}>{t(w('上次日报', 'That report'))}</Link>}
    >
      <p className="daily-as-of">
        {acts === 0 && changed.length === 0
          ? t(w('没有补录或更正。', 'Nothing came in late.'))
          : t(
              w(
                `补录、更正以往日期的记录 ${acts} 条，影响 ${changed.length} 个数；已冻结的日报不变，更正计入本次存量。`,
                `${counted(acts, 'act')} about earlier days, ${counted(changed.length, 'figure')} known otherwise; frozen reports stay as they are, the stock of this one holds the correction.`,
              ),
            )}
      </p>
      <Flex gap={16} wrap align="start">
        {changed.length > 0 && (
          <Sideways>
            <Table
              size="small"
              pagination={false}
              rowKey={(one) => `${one.day} ${one.area} ${one.line}`}
              scroll={{ x: 'max-content', y: 320 }}
              dataSource={[...changed]}
              columns={[
                { title: t(w('数据日', 'Day')), dataIndex: 'day', render: (day: string) => t(fullDayWords(day)) },
                { title: t(w('地区', 'Area')), dataIndex: 'name' },
                { title: t(w('项目', 'Line')), render: (_, one) => t(labelOf(one.line) ?? w(one.line, one.line)) },
                { title: t(w('上报', 'Reported')), dataIndex: 'was', align: 'right' },
                { title: t(w('现为', 'Now')), dataIndex: 'is', align: 'right' },
                { title: t(w('更正', 'Change')), align: 'right', render: (_, { was, is }) => (is > was ? `▲${is - was}` : `▼${was - is}`) },
              ]}
            />
          </Sideways>
        )}
        {named.length > 0 && (
          <Sideways>
            <Table
              size="small"
              pagination={false}
              rowKey="event"
              scroll={{ x: 'max-content', y: 320 }}
              dataSource={[...named]}
              columns={[
                { title: t(w('数据日', 'Day')), dataIndex: 'day', render: (day: string) => t(fullDayWords(day)) },
                { title: t(w('记录', 'Record')), render: (_, one) => t(one.record) },
                { title: t(w('地区', 'Area')), dataIndex: 'area' },
                { title: t(w('发生', 'Happened')), render: (_, one) => t(minuteWords(one.happenedAt, zone)) },
                { title: t(w('录入', 'Recorded')), render: (_, one) => t(minuteWords(one.recordedAt, zone)) },
                { title: t(w('事件', 'Act')), render: (_, one) => <code title={one.event}>{one.event.slice(0, 8)}</code> },
              ]}
            />
          </Sideways>
        )}
      </Flex>
      {acts > named.length && (
        <p className="daily-as-of">
          {t(w(`每日只列出最先录入的若干条，共 ${named.length} 条。`, `Of each day the first are named, ${named.length} in all.`))}
        </p>
      )}
    </Card>
  )
}
