import { pieceOf, type RowWriter, type Runner, rowsOf, writePieces } from '../log/statements.ts'
import type { Line } from '../tallies/books.ts'
import { linesPiece } from '../tallies/books.ts'

interface StoredLine {
  readonly county: string
  readonly measure: string
  readonly area: string
  readonly day: string
  readonly entered: number
  readonly left: number
  readonly moved_in: number
  readonly moved_out: number
}

type Place = Pick<StoredLine, 'county' | 'measure' | 'area' | 'day'>

const placeOf = (one: Place): string => `${one.county} ${one.measure} ${one.area} ${one.day}`
const amounts = (entered: number, left: number, movedIn: number, movedOut: number) => `${entered}/${left}/${movedIn}/${movedOut}`
const said = (line: Line) => amounts(line.entered, line.left, line.movedIn, line.movedOut)
const stored = (row: StoredLine) => amounts(row.entered, row.left, row.moved_in, row.moved_out)

const storedLines = (run: Runner): Promise<StoredLine[]> =>
  run.query<StoredLine>('select county, measure, area, day, entered, "left", moved_in, moved_out from tallies')

/** Names every line of the stored books that the events do not say, and every one that they say and is not stored. */
export async function compareBooks(run: Runner, lines: readonly Line[], differ: (what: string) => void): Promise<void> {
  const ours = new Map(lines.map((line) => [placeOf(line), said(line)]))
  for (const row of await storedLines(run)) {
    const place = placeOf(row)
    const expected = ours.get(place) ?? amounts(0, 0, 0, 0)
    if (stored(row) !== expected) differ(`tally ${place}: stored ${stored(row)}, the events say ${expected}`)
    ours.delete(place)
  }
  for (const [place, expected] of ours) differ(`tally ${place}: not stored, the events say ${expected}`)
}

/** Lines written in one statement. */
const AT_A_TIME = 5_000

/** Makes the stored books say what the events say; lines that do so already stay untouched. */
export async function mendBooks(run: RowWriter, lines: readonly Line[]): Promise<void> {
  const missing = new Map(lines.map((line) => [placeOf(line), line]))
  const wrong: Place[] = []
  for (const row of await storedLines(run)) {
    const place = placeOf(row)
    const line = missing.get(place)
    if (line && said(line) === stored(row)) missing.delete(place)
    else wrong.push({ county: row.county, measure: row.measure, area: row.area, day: row.day })
  }
  for (let start = 0; start < wrong.length; start += AT_A_TIME)
    await run.query(
      `delete from tallies t using unnest($1::"tallies"[]) as n
        where t.county = n.county and t.area = n.area and t.measure = n.measure and t.day = n.day`,
      [await rowsOf(run, pieceOf('tallies', '', wrong.slice(start, start + AT_A_TIME)))],
    )
  const added = [...missing.values()]
  for (let start = 0; start < added.length; start += AT_A_TIME) await writePieces(run, [linesPiece(added.slice(start, start + AT_A_TIME))])
}
