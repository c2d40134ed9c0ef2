import * as z from 'zod'
import type { Label } from '../label.ts'
import { label } from '../label.ts'
import { fill } from '../words/fill.ts'
import { buildField, halfWidth, type Options } from './build.ts'

/** Control characters have no place in a text that is stored, shown and printed; line breaks and tabs do. */
export const PRINTABLE = /^[^\p{Cc}\p{Cs}]*$/u
const PRINTABLE_LINES = /^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u
/** The same in one of two languages, between which a stroke stands. */
const WHOLE = /^[^|\p{Cc}\p{Cs}]*$/u
/** Something that somebody sees: no blank, no joiner, filler or mark of direction, no braille pattern without dots. */
const SEEN = /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u
const isSeen = (words: string) => SEEN.test(words)

/** A number is masked as telephones and documents are, so that it can still be told from another; words keep their first character. */
function maskText(value: string): string {
  if (/^\+?\d[\d -]{5,}[\dXx]$/.test(value))
    return value.length < 15 ? `${value.slice(0, 3)}****${value.slice(-4)}` : `${value.slice(0, 4)}**********${value.slice(-4)}`
  return value.length <= 1 ? '*' : `${[...value][0]}*`
}

/** Line breaks and tabs within a line, with the blanks around them: in a sheet they only wrap a narrow cell. */
const WRAPPED = /[ \u3000]*[\t\n\v\f\r\u2028\u2029]+[ \u3000]*/g

export interface TextLimits {
  readonly max: number
  readonly multiline?: boolean
}

/** What is wrong with a text that a kind of words refused, and what to do about it; undefined where these limits allow it. */
export function wrongText(value: unknown, { max, multiline = false }: TextLimits): Label | undefined {
  if (typeof value !== 'string') return fill(TEXT, { max })
  const words = value.trim()
  if (!isSeen(words)) return label('只有空格或看不见的字符，请填写文字。', 'it holds only blanks or what nobody sees; write words.')
  const at = words.search(multiline ? /(?![\n\t])[\p{Cc}\p{Cs}]/u : /[\p{Cc}\p{Cs}]/u)
  if (at >= 0) {
    const sign = words.charAt(at)
    if (!multiline && (sign === '\n' || sign === '\r'))
      return label('应为一行文字，请把换行改为空格。', 'it is one line of text; put a blank in the place of the line break.')
    if (!multiline && sign === '\t')
      return label('应为一行文字，请把制表符（Tab）改为空格。', 'it is one line of text; put a blank in the place of the tab.')
    return fill(
      label(
        '第{at}个字符是看不见的控制字符（{sign}），请删除后重新填写。',
        'character {at} is a control character that nobody sees ({sign}); remove it.',
      ),
      { at: at + 1, sign: `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}` },
    )
  }
  if (words.length <= max) return undefined
  return fill(label('现有{length}字，请缩短到{max}字以内。', 'it has {length} characters; shorten it to at most {max}.'), {
    length: words.length,
    max,
  })
}

const TEXT = label('请填写不超过{max}字的文字。', 'write at most {max} characters.')

/** Free words, trimmed, at most `max` characters; `multiline` keeps line breaks, elsewhere those of a cell become blanks. */
export const text = <const O extends boolean = false>(o: Options<O, TextLimits>) =>
  buildField<string, O, 'text'>('text', o, {
    schema: () =>
      z
        .string()
        .trim()
        .min(1)
        .max(o.max)
        .regex(o.multiline ? PRINTABLE_LINES : PRINTABLE)
        .refine(isSeen),
    plainly: (value) =>
      typeof value === 'string' &&
      value.length > 0 &&
      value.length <= o.max &&
      value.trim() === value &&
      isSeen(value) &&
      (o.multiline ? PRINTABLE_LINES : PRINTABLE).test(value),
    column: 'text',
    asWritten: true,
    read: (written) => (o.multiline ? written.replace(/\r\n?/g, '\n') : written.replace(WRAPPED, ' ')),
    expects: fill(TEXT, { max: o.max }),
    wrong: (value) => wrongText(value, o),
    search: (value) => [value],
    mask: maskText,
    limits: { max: o.max, multiline: o.multiline ?? false },
  })

const maskCode = (value: string): string =>
  value.length < 12 ? `${value.slice(0, 1)}***${value.slice(-1)}` : `${value.slice(0, 4)}**********${value.slice(-4)}`

/** An identifier with a fixed shape, e.g. a register number; however it comes, it is kept in the one form under which it is found. */
export const code = <const O extends boolean = false>(o: Options<O, { readonly pattern: RegExp; readonly example: string }>) => {
  const oneForm = (written: string): string => o.foundAs?.form(written) ?? written
  return buildField<string, O, 'code'>('code', o, {
    schema: () => z.string().max(64).overwrite(oneForm).regex(o.pattern),
    plainly: (value) => typeof value === 'string' && value.length <= 64 && !o.pattern.global && o.pattern.test(value),
    column: 'text',
    read: oneForm,
    expects: fill(label('请按“{example}”的格式填写。', 'write it like “{example}”.'), { example: o.example }),
    search: (value) => [value],
    mask: (value) => maskCode(oneForm(value)),
    limits: { max: 64 },
  })
}

/** One of a closed list of options. A cell may hold the key or the name in either language. */
export const choice = <const C extends Readonly<Record<string, Label>>, const O extends boolean = false>(
  o: Options<O, { readonly options: C }>,
) => {
  const keys = Object.keys(o.options) as (keyof C & string)[]
  const byName = new Map<string, keyof C & string>()
  for (const key of keys) {
    const option = o.options[key]
    for (const name of [key, option?.zh ?? key, option?.en ?? key]) byName.set(halfWidth(name).toLowerCase(), key)
  }
  const isKey = (value: string): value is keyof C & string => Object.hasOwn(o.options, value)
  const all = (lang: 'zh' | 'en') => keys.map((key) => o.options[key]?.[lang] ?? key).join(lang === 'zh' ? '、' : ', ')
  return buildField<keyof C & string, O, 'choice'>('choice', o, {
    plainly: (value) => typeof value === 'string' && isKey(value),
    schema: () => z.string().refine(isKey) as unknown as z.ZodType<keyof C & string>, // `refine` does not narrow the output type
    column: 'text',
    read: (written) => byName.get(halfWidth(written).toLowerCase()),
    expects: label(`请选择：${all('zh')}。`, `choose one of: ${all('en')}.`),
    toCell: (value, at) => o.options[value]?.[at.lang] ?? value,
    toForm: (value) => value,
    view: (value, at) => o.options[value]?.[at.lang] ?? value,
    options: o.options,
  })
}

/** A text kept in both languages, such as a name that officials may change. Cells and inputs hold `中文 | English`. */
export const localizedText = <const O extends boolean = false>(o: Options<O, { readonly max: number }>) => {
  const schema = () => {
    const one = z
      .string()
      .trim()
      .min(1)
      .max(o.max)
      .regex(PRINTABLE)
      .regex(/^[^|]*$/)
      .refine(isSeen)
    return z.strictObject({ zh: one, en: one })
  }
  const isPlain = (words: unknown) =>
    typeof words === 'string' && words.length > 0 && words.length <= o.max && words.trim() === words && WHOLE.test(words) && isSeen(words)
  return buildField<Label, O, 'localizedText'>('localizedText', o, {
    schema,
    plainly: (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.keys(value).length === 2 &&
      'zh' in value &&
      'en' in value &&
      isPlain(value.zh) &&
      isPlain(value.en),
    column: 'jsonb',
    asWritten: true,
    read: (written) => {
      const [zh, en, ...rest] = written
        .replace(WRAPPED, ' ')
        .split('|')
        .map((part) => part.trim())
      return zh && rest.length === 0 ? { zh, en: en || zh } : undefined
    },
    expects: label('请按“中文 | English”填写。', 'write “中文 | English”.'),
    wrong: (value) =>
      typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
        ? (wrongText(value.zh, o) ?? wrongText(value.en, o))
        : undefined,
    toCell: (value) => `${value.zh} | ${value.en}`,
    toForm: (value) => `${value.zh} | ${value.en}`,
    view: (value, at) => value[at.lang],
    search: (value) => [value.zh, value.en],
    limits: { max: o.max },
  })
}
