import { asProblem, Failed, itsOwn, Spark, useBoard, useSpeech, w } from '@guatu/client'
import { useMemo } from 'react'
import { INDICATORS } from '../report/lines.ts'

const DAYS = 14

/** The stocks of the last fourteen days by indicator, as the books have them now; none while they are on the way or failed. */
export function useCourse(area: string, day: string) {
  const areas = useMemo(() => [area], [area])
  const board = itsOwn(useBoard({ areas, indicators: INDICATORS, day, days: DAYS }))
  const { data } = board
  const course = useMemo(
    () => data && new Map(data.series.map(({ indicator, days }) => [indicator, days.map(({ stock }) => stock)])),
    [data],
  )
  return { ...board, data: course }
}

type Courses = ReturnType<typeof useCourse>

/** Beside a table without its courses: why they are not there, and another try. */
export function CourseFailed({ courses }: { readonly courses: Courses }) {
  if (courses.data !== undefined || !courses.error) return null
  const { message, ...problem } = asProblem(courses.error)
  const words = w(`近14天的走势没有读到：${message.zh}`, `The course of 14 days could not be read: ${message.en}`)
  return <Failed problem={{ ...problem, message: words }} again={() => void courses.refetch()} />
}

/** One course with its lowest and highest day in figures. */
export function Course({ courses, indicator }: { readonly courses: Courses; readonly indicator: string }) {
  const { t } = useSpeech()
  if (courses.data === undefined) return <span>{t(courses.error ? w('未读到', 'not read') : w('正在读取…', 'loading…'))}</span>
  const values = courses.data.get(indicator)
  if (values === undefined || values.length < 2) return <span>—</span>
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const words = t(w(`近${values.length}天最低${low}，最高${high}`, `last ${values.length} days: lowest ${low}, highest ${high}`))
  return (
    <span className="daily-course" title={words}>
      <Spark values={values} width={96} height={24} label={words} /> {low === high ? low : `${low}–${high}`}
    </span>
  )
}
