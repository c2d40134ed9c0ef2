import { Readable } from 'node:stream'
import type { OutgoingTable } from '../outgoing.ts'
import { csvLine } from './write.ts'

/** A table as CSV in UTF-8 with its mark, so that Excel reads the Chinese; produced as fast as it is taken away. */
export function csvStream(table: OutgoingTable): Readable {
  return Readable.from(
    (async function* () {
      yield `\ufeff${[table.asOf, ...(table.facts ?? [])].map((line) => csvLine([line])).join('')}${csvLine(table.heading)}`
      for await (const rows of table.rows()) yield rows.map((row) => csvLine(row)).join('')
    })(),
    { objectMode: false, highWaterMark: 1 << 18 },
  )
}
