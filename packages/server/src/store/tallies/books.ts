import {
  changeOf,
  type DomainEvent,
  datedOf,
  type Lineage,
  type Measure,
  type Posting,
  postings,
  type RecordState,
  reversed,
} from '@guatu/kernel'
import type { Columns } from '../database/binary-rows.ts'
import { type Piece, pieceOf, type RowWriter, writePieces } from '../log/statements.ts'

export type Line = Posting & { readonly county: string }

type Branch<T> = Map<string, T>

const branch = <K, L, T>(of: Map<K, Map<L, T>>, key: K): Map<L, T> => {
  const known = of.get(key)
  if (known) return known
  const made = new Map<L, T>()
  of.set(key, made)
  return made
}

/** What leaves a stock stands beside what enters it; a flow may also be taken back. */
function enterInto(lines: readonly Line[], change: number, left: boolean): void {
  for (const line of lines) {
    if (left) line.left -= change
    else line.entered += change
  }
}

function* inOrder<T>(of: Branch<T>): Generator<T> {
  for (const key of of.size > 1 ? [...of.keys()].sort() : of.keys()) yield of.get(key) as T
}

/** What was entered, to be taken off again. */
type Entered =
  | { readonly lines: readonly Line[]; readonly change: number; readonly left: boolean }
  | { readonly county: string; readonly postings: readonly Posting[] }

/** Postings of one batch, added up per line of the books. */
export class Books {
  /** By county, area, day and measure: the few keys of a batch are looked up as they are, none is put together for every posting. */
  readonly #lines: Branch<Branch<Branch<Branch<Line>>>> = new Map()
  /** The lines that an act enters into, found once: by county, the areas whose books it meets, day and measure. */
  readonly #met: Branch<Map<readonly string[], Branch<Branch<readonly Line[]>>>> = new Map()
  /** How to take off again what was added since the mark. */
  #since: Entered[] | undefined

  add(county: string, postings: readonly Posting[]): void {
    if (postings.length === 0) return
    this.#since?.push({ county, postings })
    for (const p of postings) {
      const line = this.#line(county, p.area, p.day, p.measure)
      line.entered += p.entered
      line.left += p.left
      line.movedIn += p.movedIn
      line.movedOut += p.movedOut
    }
  }

  /** Adds what one act enters, see {@link postings}. Nearly all stay where they are, under the same areas: they need no list of postings. */
  enter(
    measures: readonly (readonly [string, Measure])[],
    event: DomainEvent,
    before: RecordState | undefined,
    after: RecordState,
    lineage: Lineage,
  ): void {
    const { county, day } = event
    const { area } = after
    if ((before && before.area !== area) || lineage.changes(area).some((change) => change.day > day)) {
      this.add(county, postings(measures, event, before, after, lineage))
      return
    }
    const areas = lineage.at(area, day)
    let today: Branch<readonly Line[]> | undefined
    for (const [name, measure] of measures) {
      if (measure.on !== undefined) {
        const [was, is] = [datedOf(measure, before), datedOf(measure, after)]
        if (was?.day === is?.day && was?.amount === is?.amount) continue
        if (was) this.#enter(this.#linesOf(county, lineage.at(area, was.day), was.day, name), -was.amount, false)
        if (is) this.#enter(this.#linesOf(county, lineage.at(area, is.day), is.day, name), is.amount, false)
        continue
      }
      const change = changeOf(measure, event, before, after)
      if (change === 0) continue
      today ??= this.#metOn(county, areas, day)
      this.#enter(this.#linesOf(county, areas, day, name, today), change, measure.type === 'stock' && change < 0)
    }
  }

  #enter(lines: readonly Line[], change: number, left: boolean): void {
    enterInto(lines, change, left)
    this.#since?.push({ lines, change, left })
  }

  /** The lines met by acts of some areas on a day, by measure. */
  #metOn(county: string, areas: readonly string[], day: string): Branch<readonly Line[]> {
    return branch(branch(branch(this.#met, county), areas), day)
  }

  #linesOf(county: string, areas: readonly string[], day: string, measure: string, met = this.#metOn(county, areas, day)): readonly Line[] {
    const known = met.get(measure)
    if (known) return known
    const made = areas.map((area) => this.#line(county, area, day, measure))
    met.set(measure, made)
    return made
  }

  #line(county: string, area: string, day: string, measure: string): Line {
    const measures = branch(branch(branch(this.#lines, county), area), day)
    const known = measures.get(measure)
    if (known) return known
    const made: Line = { county, measure, area, day, entered: 0, left: 0, movedIn: 0, movedOut: 0 }
    measures.set(measure, made)
    return made
  }

  /** What this batch enters in one line. */
  entered(county: string, at: Pick<Line, 'area' | 'day' | 'measure'>): number {
    return this.#lines.get(county)?.get(at.area)?.get(at.day)?.get(at.measure)?.entered ?? 0
  }

  /** A mark to return to when a group of acts fails half way: everything is a sum, so what was added is taken off again. */
  mark(): { back(): void; keep(): void } {
    const since: Entered[] = []
    this.#since = since
    const keep = () => {
      this.#since = undefined
    }
    return {
      keep,
      back: () => {
        keep()
        for (const one of since) {
          if ('lines' in one) enterInto(one.lines, -one.change, one.left)
          else this.add(one.county, one.postings.map(reversed))
        }
      },
    }
  }

  /** Lines that say something, in key order: two writers that meet the same lines meet them in the same order and cannot deadlock. */
  lines(): readonly Line[] {
    const out: Line[] = []
    for (const areas of inOrder(this.#lines))
      for (const days of inOrder(areas))
        for (const measures of inOrder(days))
          for (const line of inOrder(measures))
            if (line.entered !== 0 || line.left !== 0 || line.movedIn !== 0 || line.movedOut !== 0) out.push(line)
    return out
  }

  /** The lines as a writing statement that adds them to the stored books. */
  piece(): Piece {
    return linesPiece(this.lines())
  }

  /** Adds the lines to the stored books, some thousands at a time. */
  async post(run: RowWriter, chunk = 5_000): Promise<void> {
    const lines = this.lines()
    for (let start = 0; start < lines.length; start += chunk) await writePieces(run, [linesPiece(lines.slice(start, start + chunk))])
  }
}

const ADD = `insert into tallies as t (county, measure, area, day, entered, "left", moved_in, moved_out)
     select county, measure, area, day, entered, "left", moved_in, moved_out from $rows as n
     on conflict (county, area, measure, day) do update set entered = t.entered + excluded.entered, "left" = t."left" + excluded."left",
       moved_in = t.moved_in + excluded.moved_in, moved_out = t.moved_out + excluded.moved_out`

const COLUMNS: Columns<Line> = new Map<string, (line: Line) => unknown>([
  ['county', ({ county }) => county],
  ['measure', ({ measure }) => measure],
  ['area', ({ area }) => area],
  ['day', ({ day }) => day],
  ['entered', ({ entered }) => entered],
  ['left', ({ left }) => left],
  ['moved_in', ({ movedIn }) => movedIn],
  ['moved_out', ({ movedOut }) => movedOut],
])

/** A writing statement that adds lines to the stored books. */
export const linesPiece = (lines: readonly Line[]): Piece => pieceOf('tallies', ADD, lines, COLUMNS)
