import type { Indicator, Registry } from '@guatu/kernel'
import type { Runner } from '../log/statements.ts'

/** One day of one measure in one area: the stock at its end and what happened on it. For a flow the stock is the sum so far. */
export interface DayFigure {
  readonly day: string
  readonly stock: number
  readonly entered: number
  readonly left: number
  readonly movedIn: number
  readonly movedOut: number
}

export interface MeasureSeries {
  readonly measure: string
  readonly area: string
  readonly days: readonly DayFigure[]
}

export interface IndicatorSeries {
  readonly indicator: string
  readonly area: string
  readonly days: readonly (DayFigure & { readonly per?: number })[]
}

export interface BoardRequest {
  readonly indicators: readonly string[]
  /** Area ids; a figure above the county is the sum of its counties and is asked for by listing those. */
  readonly areas: readonly string[]
  /** Last day, `YYYY-MM-DD`, and how many days up to it. */
  readonly day: string
  readonly days: number
}

/** Days from `last` back, oldest first. */
export function daysUpTo(last: string, days: number): string[] {
  const end = Temporal.PlainDate.from(last)
  return Array.from({ length: days }, (_, i) => end.subtract({ days: days - 1 - i }).toString())
}

/** What one line of the books says of its day; amounts add up where an area has lines of several counties. */
type Amounts = readonly [entered: number, left: number, movedIn: number, movedOut: number]
const NOTHING: Amounts = [0, 0, 0, 0]

/** Days of one measure in one area by their place in the window, from `place entered left [moved-in moved-out], …`. */
function unpacked(text: string | null): ReadonlyMap<number, Amounts> {
  const days = new Map<number, Amounts>()
  if (text === null) return days
  for (const line of text.split(',')) {
    const [place = 0, entered = 0, left = 0, movedIn = 0, movedOut = 0] = line.split(' ').map(Number)
    const [a, b, c, d] = days.get(place) ?? NOTHING
    days.set(place, [a + entered, b + left, c + movedIn, d + movedOut])
  }
  return days
}

/**
 * The figures of measures × areas over some days, in one query: per area and measure an opening balance for all days before the window,
 * and the lines inside it. Reads one index range per area and measure, never an event. The lines come packed into one text, because
 * a driver that makes an object of every line costs more than the database does to find them.
 */
export async function readSeries(
  run: Runner,
  measures: readonly string[],
  areas: readonly string[],
  last: string,
  days: number,
): Promise<MeasureSeries[]> {
  const window = daysUpTo(last, days)
  const rows = await run.query<{ measure: string; area: string; opening: number; lines: string | null }>(
    `select measure, area, coalesce(sum(entered - "left" + moved_in - moved_out) filter (where day < $3), 0)::bigint as opening,
            string_agg(case when moved_in = 0 and moved_out = 0 then concat_ws(' ', day - $3::date, entered, "left")
              else concat_ws(' ', day - $3::date, entered, "left", moved_in, moved_out) end, ',') filter (where day >= $3) as lines
       from tallies where area = any($1::text[]) and measure = any($2::text[]) and day <= $4 group by measure, area`,
    [areas, measures, window[0] ?? last, last],
  )
  const found = new Map(rows.map((row) => [`${row.measure}\u0000${row.area}`, row]))
  return areas.flatMap((area) =>
    measures.map((measure) => {
      const row = found.get(`${measure}\u0000${area}`)
      const lines = unpacked(row?.lines ?? null)
      let stock = row?.opening ?? 0
      return {
        measure,
        area,
        days: window.map((day, place) => {
          const [entered, left, movedIn, movedOut] = lines.get(place) ?? NOTHING
          stock += entered - left + movedIn - movedOut
          return { day, stock, entered, left, movedIn, movedOut }
        }),
      }
    }),
  )
}

/** First day on which any of these measures was entered anywhere; one index probe a measure. */
export async function firstDay(run: Runner, measures: readonly string[]): Promise<string | undefined> {
  const [row] = await run.query<{ day: string | null }>(
    `select min(first.day)::date as day
       from unnest($1::text[]) as one(measure)
       cross join lateral (select day from tallies where tallies.measure = one.measure order by day limit 1) as first`,
    [measures],
  )
  return row?.day ?? undefined
}

/** Figures of indicators; a ratio keeps numerator (`stock`) and denominator (`per`) apart. */
export async function readBoard(run: Runner, registry: Registry, request: BoardRequest): Promise<IndicatorSeries[]> {
  const wanted = request.indicators.flatMap((id) => {
    const indicator = registry.indicators.get(id)
    return indicator ? [[id, indicator] as const] : []
  })
  const measures = wanted.flatMap(([id, indicator]) => (indicator.per ? [id, `${id}/per`] : [id]))
  const series = new Map(
    (await readSeries(run, measures, request.areas, request.day, request.days)).map((s) => [`${s.measure}\u0000${s.area}`, s]),
  )
  return request.areas.flatMap((area) => wanted.map(([id, indicator]) => combined(id, indicator, area, series)))
}

function combined(id: string, indicator: Indicator, area: string, series: ReadonlyMap<string, MeasureSeries>): IndicatorSeries {
  const value = series.get(`${id}\u0000${area}`)?.days ?? []
  const flow = indicator.value.type === 'flow'
  const per = indicator.per ? (series.get(`${id}/per\u0000${area}`)?.days ?? []) : undefined
  return {
    indicator: id,
    area,
    days: value.map((figure, i) => ({
      ...figure,
      ...(flow ? { stock: figure.entered } : {}),
      ...(per ? { per: (indicator.per?.type === 'flow' ? per[i]?.entered : per[i]?.stock) ?? 0 } : {}),
    })),
  }
}

/** Adds the series of the areas that make up each asked area: a city is the sum of its counties and its own books. */
export function addUp(
  series: readonly IndicatorSeries[],
  indicators: readonly string[],
  members: ReadonlyMap<string, readonly string[]>,
): IndicatorSeries[] {
  const known = new Map(series.map((one) => [`${one.indicator}\u0000${one.area}`, one]))
  return [...members].flatMap(([area, parts]) =>
    indicators.flatMap((indicator) => {
      const all = parts.flatMap((part) => known.get(`${indicator}\u0000${part}`) ?? [])
      const [first] = all
      if (!first) return []
      const days = first.days.map((_, i) => all.map((one) => one.days[i]).reduce(plus))
      return [{ indicator, area, days: days.flatMap((day) => day ?? []) }]
    }),
  )
}

type Day = IndicatorSeries['days'][number] | undefined
function plus(a: Day, b: Day): Day {
  if (!a || !b) return a ?? b
  return {
    day: a.day,
    stock: a.stock + b.stock,
    entered: a.entered + b.entered,
    left: a.left + b.left,
    movedIn: a.movedIn + b.movedIn,
    movedOut: a.movedOut + b.movedOut,
    ...(a.per === undefined || b.per === undefined ? {} : { per: a.per + b.per }),
  }
}

export interface MapFigure {
  readonly area: string
  readonly value: number
  readonly per?: number
}

/**
 * What a measure says of a day in every area that it was ever counted in: what it holds at the end of it, or, of a flow, what happened on it.
 * One measure at a time: its areas are few enough to be added up in memory, those of two together the database believes it has to sort.
 */
async function amountsOn(
  run: Runner,
  measure: string,
  type: Indicator['value']['type'],
  day: string,
): Promise<ReadonlyMap<string, number>> {
  const amount = type === 'flow' ? 'coalesce(sum(entered) filter (where day = $2), 0)' : 'sum(entered - "left" + moved_in - moved_out)'
  const rows = await run.query<{ area: string; amount: number }>(
    `select area, ${amount}::bigint as amount from tallies where measure = $1 and day <= $2 group by area`,
    [measure, day],
  )
  return new Map(rows.map((row) => [row.area, row.amount]))
}

/** The value of one indicator in every area that has any, at the end of a day (a flow: on that day). */
export async function readMap(run: Runner, id: string, indicator: Indicator, day: string): Promise<MapFigure[]> {
  const value = await amountsOn(run, id, indicator.value.type, day)
  const per = indicator.per ? await amountsOn(run, `${id}/per`, indicator.per.type, day) : undefined
  return [...new Set([...value.keys(), ...(per?.keys() ?? [])])].map((area) => ({
    area,
    value: value.get(area) ?? 0,
    ...(per ? { per: per.get(area) ?? 0 } : {}),
  }))
}
