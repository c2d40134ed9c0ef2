import * as z from 'zod'
import { type Label, label } from '../label.ts'
import { no, ok, problem, type Result } from '../problem.ts'
import { fill } from '../words/fill.ts'
import { buildField, type Options } from './build.ts'
import type { Cell, Field, Surroundings } from './field.ts'
import { PRINTABLE } from './words.ts'

const fileSchema = z.strictObject({
  /** SHA-256 of the content, hex: the name under which it is kept outside the database. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1).max(200).regex(PRINTABLE),
  /** Media type as found by looking at the content, never as claimed. */
  type: z.string().max(100).regex(PRINTABLE),
  /** Bytes. */
  size: z.int().nonnegative(),
})
export type FileReference = z.output<typeof fileSchema>

/** Most that an attachment may hold, bytes: the screens know it before a file is sent. */
export const LARGEST_FILE = 20 * 1024 * 1024

/** An attachment. The content is stored once under its hash; cells and inputs hold `name (hash:size:type)`. */
export const file = <const O extends boolean = false>(o: Options<O>) =>
  buildField<FileReference, O, 'file'>('file', o, {
    schema: () => fileSchema,
    column: 'jsonb',
    asWritten: true,
    read: (written) => {
      const match = /^(.{1,200}) \(([0-9a-f]{64}):(\d{1,12}):([^:()]{1,100})\)$/.exec(written)
      return match?.[1] && match[2] && match[4] ? { name: match[1], hash: match[2], size: Number(match[3]), type: match[4] } : undefined
    },
    expects: label('请先上传附件，再填写附件名。', 'upload the file first.'),
    toCell: (value) => `${value.name} (${value.hash}:${value.size}:${value.type})`,
    toForm: (value) => `${value.name} (${value.hash}:${value.size}:${value.type})`,
    view: (value) => value.name,
    search: (value) => [value.name],
  })

const pointSchema = z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
export type GeoPoint = z.output<typeof pointSchema>
const sixPlaces = (value: number) => Math.round(value * 1e6) / 1e6

/** A place in WGS-84, degrees, six decimals (about 0.1 m). Written `lon,lat`. */
export const geoPoint = <const O extends boolean = false>(o: Options<O>) =>
  buildField<GeoPoint, O, 'geoPoint'>('geoPoint', o, {
    schema: () => pointSchema.transform((p) => ({ lon: sixPlaces(p.lon), lat: sixPlaces(p.lat) })),
    column: 'jsonb',
    read: (written) => {
      const match = /^(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,2}(?:\.\d+)?)$/.exec(written)
      return match ? { lon: Number(match[1]), lat: Number(match[2]) } : undefined
    },
    expects: label('请按“经度,纬度”填写，例如106.749,31.861。', 'write “longitude,latitude”, such as 106.749,31.861.'),
    toCell: (value) => `${value.lon},${value.lat}`,
    toForm: (value) => `${value.lon},${value.lat}`,
    view: (value) => `${value.lon.toFixed(5)}, ${value.lat.toFixed(5)}`,
    mask: () => '***',
  })

/** What offices write between the values of one cell, where a value cannot hold it itself. */
const BETWEEN = /[、，,；;]/

/** Several values of one kind, at most `max`; a cell holds them one per line, and is read with commas between them where a line is no value as a whole. */
export const list = <T, const O extends boolean = false>(
  o: Options<O, { readonly item: Field<T>; readonly max: number }>,
): Field<readonly T[], O, 'list'> => {
  const { item } = o
  const expects = fill(
    label('请填写不超过{max}项，每项一行，或用“、”隔开。', 'write at most {max} entries, one a line or with commas between.'),
    {
      max: o.max,
    },
  )
  const lines = (values: readonly T[], show: (value: T) => Cell) => values.map((value) => String(show(value))).join('\n')
  const readLines = (written: string, at: Surroundings): Result<readonly T[]> => {
    const values: T[] = []
    for (const line of written.split('\n')) {
      if (line.trim() === '') continue
      const whole = item.fromForm(line, at)
      const parts = whole.ok || !BETWEEN.test(line) ? [line] : line.split(BETWEEN).filter((part) => part.trim() !== '')
      for (const part of parts) {
        const one = item.fromForm(part, at)
        if (!one.ok) return no(problem('invalid', { field: o.label, why: wrongEntry(values.length + 1, one.problem.message, expects) }))
        values.push(one.value)
      }
    }
    return values.length <= o.max ? ok(values) : no(problem('invalid', { field: o.label, why: expects }))
  }
  const base = buildField<readonly T[], O, 'list'>('list', o, {
    schema: () => z.array(item.schema).max(o.max),
    column: 'jsonb',
    read: () => undefined,
    expects,
    wrong: (values) => {
      if (!Array.isArray(values) || values.length > o.max) return undefined
      const at = values.findIndex((value) => !item.schema.safeParse(value).success)
      return at < 0 ? undefined : fill(label('第{at}项：{why}', 'entry {at}: {why}'), { at: at + 1, why: item.why(values[at]) })
    },
    toCell: (values, at) => lines(values, (value) => item.toCell(value, at)),
    toForm: (values, at) => lines(values, (value) => item.toForm(value, at)),
    view: (values, at) => values.map((value) => item.view(value, at)).join(at.lang === 'zh' ? '、' : ', '),
    search: (values) => values.flatMap((value) => item.search(value)),
    mask: () => '***',
    item,
    limits: { max: o.max },
  })
  const fromCell = (cell: Cell, at: Surroundings) => (cell === null ? ok([]) : readLines(String(cell), at))
  // Not copied: a copy would make the schema at once.
  return Object.assign(base, { fromForm: readLines, fromCell })
}

const wrongEntry = (at: number, why: Label, expects: Label): Label =>
  fill(label('第{at}项：{why}{expects}', 'entry {at}: {why} {expects}'), { at, why, expects })
