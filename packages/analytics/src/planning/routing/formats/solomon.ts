/** Reader of Solomon and Gehring & Homberger `.txt` files (vehicle routing with time windows). */
import { demand as need } from '../../../outcome.ts'

/** An instance with time windows; place 0 is the depot. Times and coordinates as in the file. */
export interface WindowedInstance {
  readonly name: string
  readonly vehicles: number
  readonly capacity: number
  readonly x: Float64Array
  readonly y: Float64Array
  readonly demand: Int32Array
  readonly ready: Float64Array
  readonly due: Float64Array
  readonly service: Float64Array
}

/** Reads the text. @throws InputError when the table is not seven columns wide. */
export function readSolomon(text: string): WindowedInstance {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const fleet = lines.slice(lines.findIndex((line) => /^VEHICLE\b/i.test(line))).find((line) => /^\d+\s+\d+$/.test(line))
  const rows = lines.filter((line) => /^\d+(\s+-?[\d.]+(e[+-]?\d+)?){6}$/i.test(line)).map((line) => line.split(/\s+/).map(Number))
  need(fleet !== undefined && rows.length > 1, 'solomon-table', '文件不是 Solomon 格式', 'The text is not in Solomon format')
  const [vehicles, capacity] = fleet.split(/\s+/).map(Number) as [number, number]
  const column = (k: number) => rows.map((row) => row[k] as number)
  return {
    name: lines.find((line) => line !== '') ?? '',
    vehicles,
    capacity,
    x: Float64Array.from(column(1)),
    y: Float64Array.from(column(2)),
    demand: Int32Array.from(column(3)),
    ready: Float64Array.from(column(4)),
    due: Float64Array.from(column(5)),
    service: Float64Array.from(column(6)),
  }
}
