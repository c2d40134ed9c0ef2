import { asProblem, call, Loaded, newId, RecordList, type Row, useAct, usePlace, useSpeech, w } from '@guatu/client'
import { fullDayWords } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, Flex, Select, Tag, Typography } from 'antd'
import { useState } from 'react'
import type { DailyContent } from '../report/content.ts'
import { ofTheDay } from '../report/daily-report.ts'
import { DailyTables } from './daily-content.tsx'

interface Composed {
  readonly content: DailyContent
  readonly hash: string
  /** The frozen report of this day, which a new one corrects. */
  readonly replaces?: string
}

/** The duty officer's night: the day as it stands now, what is missing, and the button that makes the report of it. */
export default function Day() {
  const { t } = useSpeech()
  const { registry, home, areas, day, today, has } = usePlace()
  const navigate = useNavigate()
  const act = useAct()
  const [problem, setProblem] = useState<string>()
  const choices = [...areas.values()].filter(
    (one) => (one.level === 'county' || one.level === 'city') && (one.id === home?.id || home?.level === 'city'),
  )
  const [area, setArea] = useState(choices.find((one) => one.id === home?.id)?.id ?? choices[0]?.id ?? '')
  const [ids] = useState(() => new Map<string, { record: string; event: string }>())
  const query = useQuery({
    queryKey: ['daily', area, day],
    queryFn: () => call<Composed>('/api/daily/compose', { body: { area, day } }),
    enabled: area !== '',
  })
  const def = registry.records.get('dailyReport')
  if (!def) return null
  const compose = async () => {
    const made = query.data
    if (!made) return
    // The same composition sent twice is one report: its ids belong to its seal.
    const own = ids.get(made.hash) ?? { record: newId(), event: newId() }
    ids.set(made.hash, own)
    setProblem(undefined)
    try {
      await act.mutateAsync({
        record: 'dailyReport',
        id: own.record,
        action: 'compose',
        event: own.event,
        area,
        // Which report is meant; its figures are the server's.
        input: { day: made.content.day, ...(made.replaces === undefined ? {} : { replaces: made.replaces }) },
      })
      await navigate({ to: `/daily/${own.record}` })
    } catch (refused) {
      setProblem(t(asProblem(refused).message))
    }
  }
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap align="center" justify="space-between">
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t(w(`疫情日报：${fullDayWords(day).zh}`, `Daily report: ${fullDayWords(day).en}`))}
        </Typography.Title>
        <Flex gap={8} wrap>
          <Select
            style={{ minWidth: 160 }}
            value={area}
            onChange={setArea}
            options={choices.map(({ id, name }) => ({ value: id, label: name }))}
            aria-label={t(w('地区', 'Area'))}
          />
          <Button onClick={() => void query.refetch()} loading={query.isFetching}>
            {t(w('重新统计', 'Count again'))}
          </Button>
          {has('duty-officer', 'county-clerk') && (
            <Button type="primary" onClick={() => void compose()} loading={act.isPending} disabled={!query.data}>
              {t(w('生成日报', 'Make the report'))}
            </Button>
          )}
        </Flex>
      </Flex>
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
      <Loaded query={query}>{({ content }) => <DailyTables content={content} now={day === today} />}</Loaded>
      <Typography.Title level={4}>{t(w('已生成的日报', 'Reports so far'))}</Typography.Title>
      <RecordList def={def} cells={{ state: (row) => <Standing row={row} /> }} />
    </Flex>
  )
}

/** State of a report, and what sets it apart from others of the same day: frozen before its end, or a correction. */
function Standing({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const label = registry.records.get('dailyReport')?.states[row.state]
  return (
    <Flex gap={4} wrap>
      <Tag>{label && t(label)}</Tag>
      {row.state === 'frozen' && !ofTheDay(row.fields.frozenAt, row.fields.cutOff) && (
        <Tag color="gold">{t(w('当日未满', 'day not over'))}</Tag>
      )}
      {typeof row.fields.replaces === 'string' && <Tag color="blue">{t(w('更正', 'correction'))}</Tag>}
    </Flex>
  )
}
