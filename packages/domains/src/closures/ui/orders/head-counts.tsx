import { itsOwn, Loaded, OnlyNow, Outdated, useBoard, useCountsOfEach, usePlace, useSpeech, w } from '@guatu/client'
import { fullDayWords } from '@guatu/kernel'
import { Flex, Statistic } from 'antd'
import { useMemo } from 'react'
import { lapsed, NEVER_IN_FORCE } from './lapsed.ts'

const NOW = [
  { title: w('实施中', 'In force'), filters: { state: 'inForce,reported' } },
  { title: w('其中待上级批准', 'of these, reported up'), filters: { state: 'reported' } },
  { title: w('到期失效', 'Lapsed'), filters: lapsed(true) },
  { title: NEVER_IN_FORCE, filters: lapsed(false) },
  { title: w('已解除', 'Lifted'), filters: { state: 'lifted' } },
  { title: w('不予批准', 'Refused'), filters: { state: 'refused' } },
] as const
const FILTERS = NOW.map(({ filters }) => filters)

/** Of a day that is over the books hold what was in force at its end, and what happened on it. */
const THEN = [
  { title: w('实施中', 'In force'), indicator: 'closures.inForce' },
  { title: w('逾期未复核', 'Reviews overdue'), indicator: 'closures.reviewOverdue' },
  { title: w('当日到期失效', 'Lapsed on the day'), indicator: 'closures.lapsed' },
  { title: w('当日不予批准', 'Refused on the day'), indicator: 'closures.refused' },
] as const
const INDICATORS = THEN.map(({ indicator }) => indicator)

/** How many orders there are, by how they stand now. */
export function HeadCounts() {
  const { t } = useSpeech()
  const counted = useCountsOfEach('closure', FILTERS)
  return (
    <>
      <Outdated query={counted} />
      <Loaded query={counted}>
        {(counts) => (
          <Flex gap={32} wrap>
            {NOW.map(({ title }, i) => (
              <Statistic key={title.en} title={t(title)} value={counts[i]?.count ?? '—'} />
            ))}
          </Flex>
        )}
      </Loaded>
    </>
  )
}

/** The figures of a day that is over; the rest is known only as it is now, and is not shown under that day. */
export function PastCounts() {
  const { t } = useSpeech()
  const { home, day } = usePlace()
  const areas = useMemo(() => (home ? [home.id] : []), [home])
  const board = itsOwn(useBoard({ areas, indicators: INDICATORS, day, days: 1 }))
  return (
    <>
      {home && (
        <>
          <Outdated query={board} />
          <Loaded query={board}>
            {({ series }) => (
              <Flex gap={32} wrap aria-label={`${home.name} ${t(fullDayWords(day))}`} role="group">
                <Statistic title={t(w('数据日', 'As of'))} value={t(fullDayWords(day))} />
                {THEN.map(({ title, indicator }) => (
                  <Statistic
                    key={indicator}
                    title={t(title)}
                    value={series.find((one) => one.indicator === indicator)?.days.at(-1)?.stock ?? '—'}
                  />
                ))}
              </Flex>
            )}
          </Loaded>
        </>
      )}
      <OnlyNow
        what={w(
          '待上级批准、累计失效、未实施即过期和解除的决定数',
          'How many were reported up, lapsed so far, never came into force or were lifted',
        )}
      />
    </>
  )
}
