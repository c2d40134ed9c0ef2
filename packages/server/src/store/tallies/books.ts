import { type Posting, reversed } from '@guatu/kernel'
import { type Piece, type Runner, writePieces } from '../log/rows.ts'

/** Postings of one batch, added up per line of the books. */
export class Books {
  readonly #lines = new Map<string, Posting & { county: string }>()
  /** What was added since the mark. */
  #since: { county: string; postings: readonly Posting[] }[] | undefined

  add(county: string, postings: readonly Posting[]): void {
    if (postings.length === 0) return
    this.#since?.push({ county, postings })
    for (const p of postings) {
      const key = `${county}\u0000${p.area}\u0000${p.measure}\u0000${p.day}`
      const line = this.#lines.get(key)
      if (!line) {
        this.#lines.set(key, { ...p, county })
        continue
      }
      line.entered += p.entered
      line.left += p.left
      line.movedIn += p.movedIn
      line.movedOut += p.movedOut
    }
  }

  get size(): number {
    return this.#lines.size
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
  lines(): readonly (Posting & { county: string })[] {
    return [...this.#lines.entries()]
      .filter(([, p]) => p.entered !== 0 || p.left !== 0 || p.movedIn !== 0 || p.movedOut !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, line]) => line)
  }

  /** The lines as a writing statement that adds them to the stored books. */
  piece(lines = this.lines()): Piece {
    return {
      sql: `insert into tallies as t (county, measure, area, day, entered, "left", moved_in, moved_out)
         select county, measure, area, day, entered, "left", moved_in, moved_out from jsonb_to_recordset($1::jsonb)
           as n(county text, measure text, area text, day date, entered bigint, "left" bigint, moved_in bigint, moved_out bigint)
         on conflict (county, area, measure, day) do update set entered = t.entered + excluded.entered, "left" = t."left" + excluded."left",
           moved_in = t.moved_in + excluded.moved_in, moved_out = t.moved_out + excluded.moved_out`,
      rows: lines.map((p) => ({
        county: p.county,
        measure: p.measure,
        area: p.area,
        day: p.day,
        entered: p.entered,
        left: p.left,
        moved_in: p.movedIn,
        moved_out: p.movedOut,
      })),
    }
  }

  /** Adds the lines to the stored books, some thousands at a time. */
  async post(run: Runner, chunk = 5_000): Promise<void> {
    const lines = this.lines()
    for (let start = 0; start < lines.length; start += chunk) await writePieces(run, [this.piece(lines.slice(start, start + chunk))])
  }
}
