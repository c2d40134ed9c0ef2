import * as z from 'zod'
import { label } from '../label.ts'
import { fill } from '../words/fill.ts'
import { buildField, type Options } from './build.ts'

const INT32_MAX = 2_147_483_647

/** `1,234` and `1 234` are how people write 1234. */
const plainNumber = (written: string) => written.replace(/(?<=\d)[,\s](?=\d{3}(?:\D|$))/g, '')

/** Whole number of things, 0 to 2,147,483,647 (a PostgreSQL integer). An `ordinal` is one of a series, such as a year: written without separators. */
export const count = <const O extends boolean = false>(o: Options<O, { readonly max?: number; readonly ordinal?: boolean }>) => {
  const max = o.max ?? INT32_MAX
  return buildField<number, O, 'count'>('count', o, {
    schema: () => z.int().nonnegative().max(max),
    plainly: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max,
    column: 'integer',
    read: (written) => (/^\d{1,10}$/.test(plainNumber(written)) ? Number(plainNumber(written)) : undefined),
    readCell: (cell) => (typeof cell === 'number' ? cell : undefined),
    expects: fill(label('请填写0到{max}之间的整数。', 'write a whole number from 0 to {max}.'), { max }),
    toCell: (value) => value,
    view: (value, at) => (o.ordinal ? String(value) : value.toLocaleString(at.lang === 'zh' ? 'zh-CN' : 'en-GB')),
    toForm: String,
    limits: { min: 0, max, step: 1 },
  })
}

const exact = (digits: number, places: number) => new RegExp(`^-?\\d{1,${digits - places}}${places > 0 ? `\\.\\d{${places}}` : ''}$`)

/** Writes a decimal with exactly `places` digits after the point; undefined when it has more or is no number. */
function withPlaces(written: string, places: number): string | undefined {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plainNumber(written))
  if (!match || (!match[2] && !match[3])) return undefined
  const fraction = match[3] ?? ''
  if (fraction.slice(places).replace(/0/g, '') !== '') return undefined
  const whole = (match[2] || '0').replace(/^0+(?=\d)/, '')
  const value = places > 0 ? `${whole}.${fraction.slice(0, places).padEnd(places, '0')}` : whole
  return match[1] && /[1-9]/.test(value) ? `-${value}` : value
}

const grouped = (value: string, lang: 'zh' | 'en') => {
  const [whole = '', fraction] = value.split('.')
  const head = whole.replace(/\B(?=(\d{3})+$)/g, lang === 'zh' ? ',' : ',')
  return fraction === undefined ? head : `${head}.${fraction}`
}

/** Exact decimal, kept as text with `places` digits after the point, at most 18 digits in all. */
export const decimal = <const O extends boolean = false>(o: Options<O, { readonly places: number }>) =>
  buildField<string, O, 'decimal'>('decimal', o, {
    schema: () => z.string().regex(exact(18, o.places)),
    column: 'numeric',
    fromColumn: (raw) => withPlaces(String(raw), o.places) ?? String(raw),
    read: (written) => withPlaces(written, o.places),
    readCell: (cell) => (typeof cell === 'number' ? withPlaces(cell.toFixed(Math.min(o.places, 15)), o.places) : undefined),
    expects: fill(label('请填写最多{places}位小数的数字。', 'write a number with at most {places} decimal places.'), { places: o.places }),
    view: (value, at) => grouped(value, at.lang),
    toForm: (value) => value,
    limits: { step: 10 ** -o.places },
  })

/** Amount of money in yuan, exact to the fen. */
export const money = <const O extends boolean = false>(o: Options<O>) =>
  buildField<string, O, 'money'>('money', o, {
    schema: () => z.string().regex(exact(18, 2)),
    column: 'numeric',
    fromColumn: (raw) => withPlaces(String(raw), 2) ?? String(raw),
    read: (written) => withPlaces(written.replace(/^[¥￥]\s*/, '').replace(/\s*元$/, ''), 2),
    readCell: (cell) => (typeof cell === 'number' ? withPlaces(cell.toFixed(2), 2) : undefined),
    expects: label('请填写以元为单位、最多两位小数的金额。', 'write an amount in yuan with at most two decimal places.'),
    view: (value, at) => (at.lang === 'zh' ? `${grouped(value, 'zh')} 元` : `CNY ${grouped(value, 'en')}`),
    toForm: (value) => value,
    limits: { step: 0.01 },
  })

/** What a clinical thermometer can show, °C. Outside of it is a slip of the finger, not a fever. */
const LOWEST = 30
const HIGHEST = 45

/** Body temperature in °C with one decimal. */
export const temperature = <const O extends boolean = false>(o: Options<O>) => {
  const tenths = (value: number) => Math.round(value * 10) / 10
  return buildField<number, O, 'temperature'>('temperature', o, {
    schema: () =>
      z
        .number()
        .min(LOWEST)
        .max(HIGHEST)
        .refine((value) => tenths(value) === value),
    plainly: (value) => typeof value === 'number' && value >= LOWEST && value <= HIGHEST && tenths(value) === value,
    column: 'numeric',
    fromColumn: (raw) => tenths(Number(raw)),
    read: (written) => {
      // A thumb on a Chinese keyboard writes the point as a comma or as a full stop.
      const plain = written.replace(/\s*(?:℃|°C|度)$/i, '').replace(/[,，、。．]/, '.')
      return /^\d{2}(?:\.\d)?$/.test(plain) ? Number(plain) : undefined
    },
    readCell: (cell) => (typeof cell === 'number' ? tenths(cell) : undefined),
    expects: fill(
      label(
        '请填写{low}到{high}之间、一位小数的体温，例如36.5。',
        'write a temperature from {low} to {high} with one decimal, such as 36.5.',
      ),
      {
        low: LOWEST,
        high: HIGHEST,
      },
    ),
    toCell: (value) => value,
    view: (value) => `${value.toFixed(1)} ℃`,
    toForm: (value) => value.toFixed(1),
    limits: { min: LOWEST, max: HIGHEST, step: 0.1 },
  })
}

/** Yes or no. */
export const flag = <const O extends boolean = false>(o: Options<O>) =>
  buildField<boolean, O, 'flag'>('flag', o, {
    schema: () => z.boolean(),
    plainly: (value) => typeof value === 'boolean',
    column: 'boolean',
    read: (written) =>
      /^(?:是|有|对|√|y|yes|true|1)$/i.test(written) ? true : /^(?:否|无|没有|×|n|no|false|0)$/i.test(written) ? false : undefined,
    readCell: (cell) => (typeof cell === 'boolean' ? cell : cell === 1 ? true : cell === 0 ? false : undefined),
    expects: label('请填写“是”或“否”。', 'write yes or no.'),
    toCell: (value, at) => (at.lang === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'),
    view: (value, at) => (at.lang === 'zh' ? (value ? '是' : '否') : value ? 'Yes' : 'No'),
    toForm: (value) => (value ? 'yes' : 'no'),
    mask: () => '***',
  })
