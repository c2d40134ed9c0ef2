import { type BulkAction, RecordList, readerOf, rulesOf, useGroups, usePlace, useRules, useSpeech, w } from '@guatu/client'
import { timeOf } from '@guatu/kernel'
import { Button, Card, Flex, Table, type TableColumnsType, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { opensAt } from '../../watch/windows.ts'
import { LastReading, UntilDay } from './cells.tsx'
import { ReadingQuality } from './quality.tsx'
import { type Line, linesOf, type Question, questions } from './questions.ts'
import './board.css'

const BY_AREA = ['area'] as const
const NONE = { state: 'void', why: 'none' } as const

/** The board of a town, a county or the city: by place, who has not been read, who is due for release, who is lost, who has fever. */
export default function Board() {
  const { t } = useSpeech()
  const { registry, me, today, home, areas } = usePlace()
  const time = timeOf(Temporal.Instant.from(me.now), me.zone)
  const rules = useRules().data
  const evening = time >= opensAt(readerOf(rulesOf(rules)), 'evening')
  const asked = useMemo(() => questions(today, evening), [today, evening])
  const [at, setAt] = useState<string | undefined>(undefined)
  const [chosen, setChosen] = useState<{ readonly question: string; readonly area?: string }>({ question: 'morning' })
  const place = at ?? home?.id
  const answers = useAnswers(asked, place)
  const watch = registry.records.get('watch')
  const lines = useMemo(() => {
    const below = (area: string): string => {
      let node = areas.get(area)
      while (node && node.parent !== place && node.id !== place) node = node.parent === null ? undefined : areas.get(node.parent)
      return node?.id ?? area
    }
    return linesOf(answers, below)
  }, [answers, areas, place])
  const bulk = useMemo<readonly BulkAction[]>(
    () =>
      watch
        ? [
            { def: watch, action: 'assign' },
            { def: watch, action: 'release' },
          ]
        : [],
    [watch],
  )
  const question = asked.find((one) => one.key === chosen.question) ?? asked[0]
  const within = chosen.area ?? place
  const filters = useMemo(
    () => ({
      ...question?.filters,
      ...(within === undefined ? {} : { area: within }),
      sort: question?.key === 'release' ? 'until' : 'dueMorning',
    }),
    [question, within],
  )
  if (!watch || !question) return null
  const name = (id: string) => areas.get(id)?.name ?? id
  return (
    <Flex vertical gap={12} className="observation">
      <Flex gap={12} align="center" wrap>
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t(w('观察', 'Observation'))} · {place === undefined ? '' : name(place)}
        </Typography.Title>
        {at !== undefined && at !== home?.id && (
          <Button size="small" onClick={() => setAt(areas.get(at)?.parent ?? undefined)}>
            {t(w('返回上级', 'Up'))}
          </Button>
        )}
      </Flex>
      <Tiles asked={asked} lines={lines} chosen={question.key} onChoose={(key) => setChosen({ question: key })} />
      <Places
        asked={asked}
        lines={lines}
        chosen={chosen}
        onChoose={(key, area) => setChosen({ question: key, area })}
        onEnter={(area) => (areas.get(area)?.level === 'village' ? setChosen({ question: question.key, area }) : setAt(area))}
      />
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t(question.label)} · {within === undefined ? '' : name(within)}
      </Typography.Title>
      <RecordList
        key={`${question.key}/${within}`}
        def={watch}
        name="observation"
        fixed={filters}
        bulk={bulk}
        cells={{ until: (row) => <UntilDay row={row} today={today} />, lastTemperature: (row) => <LastReading row={row} /> }}
      />
      {place !== undefined && <ReadingQuality area={place} day={today} />}
    </Flex>
  )
}

/** Counts of every question by area. */
function useAnswers(asked: readonly Question[], area: string | undefined) {
  const of = (key: string) => {
    const question = asked.find((one) => one.key === key)
    return question ? { ...question.filters, ...(area === undefined ? {} : { area }) } : NONE
  }
  const observed = useGroups('watch', BY_AREA, of('observed')).data?.groups
  const morning = useGroups('watch', BY_AREA, of('morning')).data?.groups
  const evening = useGroups('watch', BY_AREA, of('evening')).data?.groups
  const release = useGroups('watch', BY_AREA, of('release')).data?.groups
  const signs = useGroups('watch', BY_AREA, of('signs')).data?.groups
  const lost = useGroups('watch', BY_AREA, of('lost')).data?.groups
  const absent = useGroups('watch', BY_AREA, of('absent')).data?.groups
  const doubt = useGroups('watch', BY_AREA, of('doubt')).data?.groups
  const unassigned = useGroups('watch', BY_AREA, of('unassigned')).data?.groups
  return useMemo(() => {
    const all = { observed, morning, evening, release, signs, lost, absent, doubt, unassigned }
    return Object.fromEntries(Object.entries(all).map(([key, groups]) => [key, groups ?? []]))
  }, [observed, morning, evening, release, signs, lost, absent, doubt, unassigned])
}

interface Figures {
  readonly asked: readonly Question[]
  readonly lines: readonly Line[]
}

const total = (lines: readonly Line[], key: string) => lines.reduce((sum, line) => sum + (line.counts[key] ?? 0), 0)

function Tiles({ asked, lines, chosen, onChoose }: Figures & { readonly chosen: string; onChoose(key: string): void }) {
  const { t } = useSpeech()
  return (
    <div className="observation-tiles">
      {asked.map((one) => {
        const n = total(lines, one.key)
        return (
          <Card key={one.key} size="small" className={one.key === chosen ? 'tile tile-chosen' : 'tile'}>
            <button type="button" onClick={() => onChoose(one.key)} aria-pressed={one.key === chosen}>
              <span className="tile-label">{t(one.label)}</span>
              <span className={one.alarm && n > 0 ? 'tile-figure tile-alarm' : 'tile-figure'}>
                {one.alarm && n > 0 ? '■ ' : ''}
                {n}
              </span>
            </button>
          </Card>
        )
      })}
    </div>
  )
}

function Places(
  props: Figures & {
    readonly chosen: { readonly question: string; readonly area?: string }
    onChoose(key: string, area: string): void
    onEnter(area: string): void
  },
) {
  const { asked, lines, chosen, onChoose, onEnter } = props
  const { t } = useSpeech()
  const { areas } = usePlace()
  const columns: TableColumnsType<Line> = [
    {
      key: 'area',
      title: t(w('地点', 'Place')),
      fixed: 'left',
      width: 190,
      render: (_, line) => (
        <Button type="link" size="small" className="figure" onClick={() => onEnter(line.area)}>
          {areas.get(line.area)?.name ?? line.area}
        </Button>
      ),
    },
    ...asked.map((one) => ({
      key: one.key,
      title: t(one.label),
      align: 'right' as const,
      width: 112,
      sorter: (a: Line, b: Line) => (a.counts[one.key] ?? 0) - (b.counts[one.key] ?? 0),
      render: (_: unknown, line: Line) => {
        const n = line.counts[one.key] ?? 0
        const here = chosen.question === one.key && chosen.area === line.area
        return n === 0 ? (
          <span className="zero">0</span>
        ) : (
          <Button
            type={here ? 'primary' : 'link'}
            size="small"
            className={one.alarm ? 'figure alarm-figure' : 'figure'}
            onClick={() => onChoose(one.key, line.area)}
          >
            {one.alarm ? '■ ' : ''}
            {n}
          </Button>
        )
      },
    })),
  ]
  return (
    <Table<Line>
      size="small"
      rowKey="area"
      columns={columns}
      dataSource={[...lines].sort(
        (a, b) => (b.counts.morning ?? 0) - (a.counts.morning ?? 0) || (b.counts.observed ?? 0) - (a.counts.observed ?? 0),
      )}
      pagination={lines.length > 12 ? { pageSize: 12, size: 'small', showSizeChanger: false } : false}
      scroll={{ x: 190 + asked.length * 112 }}
      locale={{ emptyText: t(w('没有正在观察的人', 'Nobody is under observation')) }}
    />
  )
}
