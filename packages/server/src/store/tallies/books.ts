import { type Posting, reversed } from '@guatu/kernel'
import type { Columns } from '../database/binary-rows.ts'
import { type Piece, pieceOf, type RowWriter, writePieces } from '../log/statements.ts'

export type Line = Posting & { readonly county: string }

type Branch<T> = Map<string, T>

const branch = <T>(of: Branch<Branch<T>>, key: string): Branch<T> => {
  const known = of.get(key)
  if (known) return known
  const made: Branch<T> = new Map()
  of.set(key, made)
  return made
}

const inOrder = <T>(of: Branch<T>): T[] => [...of].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)

/** Postings of one batch, added up per line of the books. */
export class Books {
  /** By county, area, day and measure: the few keys of a batch are looked up as they are, none is put together for every posting. */
  readonly #lines: Branch<Branch<Branch<Branch<Line>>>> = new Map()
  /** What was added since the mark. */
  #since: { county: string; postings: readonly Posting[] }[] | undefined

  add(county: string, postings: readonly Posting[]): void {
    if (postings.length === 0) return
    this.#since?.push({ county, postings })
    const areas = branch(this.#lines, county)
    for (const p of postings) {
      const measures = branch(branch(areas, p.area), p.day)
      const line = measures.get(p.measure)
      if (!line) {
        measures.set(p.measure, { ...p, county })
        continue
      }
      line.entered += p.entered
      line.left += p.left
      line.movedIn += p.movedIn
      line.movedOut += p.movedOut
    }
  }

  /** A mark to return to when a group of acts fails half way: everything is a sum, so what was added is taken off again. */
  mark(): { back(): void; keep(): void } {
    const since: { county: string; postings: readonly Posting[] }[] = []
    this.#since = since
    const keep = () => {
      this.#since = undefined
    }
    return {
      keep,
      back: () => {
        keep()
        for (const { county, postings } of since) this.add(county, postings.map(reversed))
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
