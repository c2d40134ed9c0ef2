import { Spark, useBoard, useSpeech, w } from '@guatu/client'
import { useMemo } from 'react'
import { INDICATORS } from '../report/lines.ts'

const DAYS = 14

/** The stocks of the last fourteen days by indicator, as the books have them now. */
export function useCourse(area: string, day: string): ReadonlyMap<string, readonly number[]> {
  const areas = useMemo(() => [area], [area])
  const board = useBoard({ areas, indicators: INDICATORS, day, days: DAYS })
  return useMemo(
    () => new Map((board.data?.series ?? []).map(({ indicator, days }) => [indicator, days.map(({ stock }) => stock)])),
    [board.data],
  )
}

/** One course with its lowest and highest day in figures. */
export function Course({ values }: { readonly values: readonly number[] | undefined }) {
  const { t } = useSpeech()
  if (values === undefined || values.length < 2) return <span>—</span>
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const words = t(w(`近${values.length}天最低${low}，最高${high}`, `last ${values.length} days: lowest ${low}, highest ${high}`))
  return (
    <span className="daily-course" title={words}>
      <Spark values={values} width={96} height={24} label={words} /> {low === high ? low : `${low}–${high}`}
    </span>
  )
}
