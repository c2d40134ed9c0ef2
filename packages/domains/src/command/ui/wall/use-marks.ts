import { useMapFigures, usePlace } from '@guatu/client'
import { useMemo } from 'react'
import { MARK_KINDS, type Marked, markedAreas } from './map-marks.ts'

/** What is to be marked on the map as of the day looked at, once all of it is known, and whether it could not be read. */
export function useMarks(): { readonly marked: readonly Marked[] | undefined; readonly failed: boolean } {
  const { areas, day } = usePlace()
  const [tasks, closures, sites] = MARK_KINDS
  const read = [useMapFigures(tasks.indicator, day), useMapFigures(closures.indicator, day), useMapFigures(sites.indicator, day)]
  const [red, closed, open] = read.map((one) => one.data?.figures)
  const marked = useMemo(
    () =>
      red && closed && open
        ? [...markedAreas(tasks, red, areas), ...markedAreas(closures, closed, areas), ...markedAreas(sites, open, areas)]
        : undefined,
    [tasks, closures, sites, red, closed, open, areas],
  )
  return { marked, failed: read.some((one) => one.isError) }
}
