import {
  type BulkAction,
  Loaded,
  OnlyNow,
  Outdated,
  RecordList,
  readerOf,
  rulesOf,
  useGroupsOfEach,
  usePlace,
  useRules,
  useSpeech,
  w,
  wayUp,
} from '@guatu/client'
import { fullDayWords, timeOf } from '@guatu/kernel'
import { Button, Flex, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { opensAt } from '../../watch/windows.ts'
import { LastReading, Observed, UntilDay } from './cells.tsx'
import { BoardFigures, type Chosen } from './figures.tsx'
import { PastFigures } from './past.tsx'
import { ReadingQuality } from './quality.tsx'
import { linesOf, type Question, questions } from './questions.ts'
import './board.css'

const BY_AREA = ['area'] as const

/** The board of a town, a county or the city: by place, who has not been read, who is due for release, who is lost, who has fever. */
export default function Board() {
  const { t } = useSpeech()
  const { me, today, day, home, areas } = usePlace()
  const time = timeOf(Temporal.Instant.from(me.now), me.zone)
  const rules = useRules().data
  const past = day !== today
  const evening = past || time >= opensAt(readerOf(rulesOf(rules)), 'evening')
  const asked = useMemo(() => questions(today, evening), [today, evening])
  const [at, setAt] = useState<string | undefined>(undefined)
  const [chosen, setChosen] = useState<Chosen>({ question: 'morning' })
  const enter = (area: string) => {
    setAt(area)
    setChosen(({ question }) => ({ question }))
  }
  // A place of today may not have been there on another day.
  const place = (at === undefined ? undefined : areas.get(at)) ?? home
  const up = place !== home && place?.parent ? areas.get(place.parent)?.id : undefined
  return (
    <Flex vertical gap={12} className="observation">
      <Flex gap={12} align="center" wrap>
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t(w('观察', 'Observation'))} · {place?.name}
          {past && ` · ${t(fullDayWords(day))}`}
        </Typography.Title>
        {up !== undefined && (
          <Button size="small" onClick={() => enter(up)}>
            {t(w('返回上级', 'Up'))}
          </Button>
        )}
      </Flex>
      {!past && <Present asked={asked} place={place?.id} chosen={chosen} onChoose={setChosen} onEnter={enter} />}
      {past && place && <PastFigures asked={asked} place={place.id} onEnter={enter} />}
      {past && !place && <OnlyNow what={w('观察的各项数字', 'The figures of observation')} />}
      {place && <ReadingQuality area={place.id} day={day} />}
    </Flex>
  )
}

/** The figures as they are now, and behind each the people. */
function Present(props: {
  readonly asked: readonly Question[]
  readonly place: string | undefined
  readonly chosen: Chosen
  onChoose(chosen: Chosen): void
  onEnter(area: string): void
}) {
  const { asked, place, chosen, onChoose, onEnter } = props
  const { t } = useSpeech()
  const { registry, today, areas } = usePlace()
  const counted = useGroupsOfEach(
    'watch',
    BY_AREA,
    asked.map(({ filters }) => ({ ...filters, ...(place === undefined ? {} : { area: place }) })),
  )
  const watch = registry.records.get('watch')
  const below = (area: string): string => wayUp(areas, area).find((one) => one === place || areas.get(one)?.parent === place) ?? area
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
  return (
    <>
      <Outdated query={counted} />
      <Loaded query={counted}>
        {(answers) => (
          <BoardFigures
            asked={asked}
            lines={linesOf(Object.fromEntries(asked.map(({ key }, i) => [key, answers[i]?.groups ?? []])), below)}
            choice={{
              chosen: { question: question.key, ...(chosen.area === undefined ? {} : { area: chosen.area }) },
              onChoose: (key, area) => onChoose({ question: key, ...(area === undefined ? {} : { area }) }),
            }}
            onEnter={(area) => (areas.get(area)?.level === 'village' ? onChoose({ question: question.key, area }) : onEnter(area))}
          />
        )}
      </Loaded>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t(question.label)} · {within === undefined ? '' : (areas.get(within)?.name ?? within)}
      </Typography.Title>
      <RecordList
        key={`${question.key}/${within}`}
        def={watch}
        name="observation"
        fixed={filters}
        bulk={bulk}
        empty={w('目前没有这样的人', 'Nobody at present')}
        cells={{
          person: (row) => <Observed row={row} />,
          until: (row) => <UntilDay row={row} today={today} />,
          lastTemperature: (row) => <LastReading row={row} />,
        }}
      />
    </>
  )
}
