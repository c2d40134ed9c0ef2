import { figuresOf, type Label, type Problem, refuse } from '@guatu/kernel'
import { figureOf } from '../report/checks.ts'
import type { AreaBooks, DailyContent } from '../report/content.ts'
import { linesOf } from '../report/lines.ts'
import { publicLines } from './figures.ts'
import type { PublicFigures, PublicLine } from './published.ts'
import { personalNumbers, type TypedName, type TypedNumber, typedNames, typedNumbers } from './typed.ts'

/** What of the words has to be confirmed, with a reason, before it may be read by everybody. */
export type Unconfirmed = (TypedNumber | TypedName) & { readonly text: TextName }

export type TextName = 'title' | 'text' | 'textEn'
export type Words = Readonly<Partial<Record<TextName, string | undefined | null>>>

const TEXTS: readonly TextName[] = ['title', 'text', 'textEn']

/** How a line of the table is spoken of in a sentence. */
const SPOKEN: Readonly<Record<string, RegExp>> = {
  cumulative: /累计|observed so far|has observed|in total/i,
  entered: /新增|新纳入|entered|newly/i,
  // Of bulletins drafted when those released were published by themselves.
  released: /解除|released/i,
  ended: /解除|退出|released|left otherwise/i,
  observed: /在观察|正在|观察者|观察对象|观察人|under observation|still observed/i,
  central: /集中|central/i,
}

/** A cell of the table that everybody reads, with what the frozen report says of it. */
interface TrueCell {
  readonly line: PublicLine
  /** Undefined of the whole. */
  readonly area?: string
  readonly value: number
  /** It is shown as the report has it, as of the day. */
  readonly shown: boolean
}

/** The name of an area and how people say it: 恩阳区 is also 恩阳. */
const isNamed = (clause: string, area: string): boolean => {
  const short = area.replace(/(?:街道|[市区县镇乡村])$/, '')
  return clause.includes(short.length >= 2 ? short : area)
}

function cellsOf(figures: PublicFigures, content: DailyContent): readonly TrueCell[] {
  const cell = (line: PublicLine, one: AreaBooks | undefined, said: number | null | undefined, day: string | null | undefined) => {
    const own = [...publicLines(content), ...linesOf(content)].find(({ key }) => key === line.key)
    if (!own || !one) return undefined
    const value = figureOf(one, own)
    return { line, value, shown: said === value && (day ?? figures.day) === figures.day }
  }
  return figures.lines.flatMap((line) => [
    ...[cell(line, content.total, line.total, line.totalDay)].flatMap((one) => one ?? []),
    ...figures.areas.flatMap((area, i) => {
      const id = figures.ids?.[i]
      const books = content.parts.find((part) => (id === undefined ? part.name === area : part.area === id))
      const one = cell(line, books, line.parts[i], line.partDays?.[i])
      return one ? [{ ...one, area }] : []
    }),
  ])
}

/** Areas that a number is said of: those of its own clause, else those named last in the paragraph. */
function areasOf({ clause, before }: TypedNumber, figures: PublicFigures): readonly string[] {
  for (const said of [clause, ...[...before].reverse()]) {
    const named = figures.areas.filter((area) => isNamed(said, area))
    if (named.length > 0) return named
  }
  return []
}

const linesNamed = (clause: string, figures: PublicFigures) => figures.lines.filter(({ key }) => SPOKEN[key]?.test(clause))

/** A cell that is held back and is the number, in a place and of a line of which the words speak. */
function heldBack(number: TypedNumber, figures: PublicFigures, cells: readonly TrueCell[]): TrueCell | undefined {
  if (number.counts === 'things') return undefined
  const areas = areasOf(number, figures)
  const lines = linesNamed(number.clause, figures)
  const same = cells.filter(({ value }) => value === number.value)
  const spoken = same.filter(
    ({ line, area }) =>
      (lines.length === 0 ? number.counts === 'people' && areas.length > 0 : lines.includes(line)) &&
      (areas.length === 0 || (area !== undefined && areas.includes(area))),
  )
  // What is shown for the same place and line is that figure, and no other's.
  return spoken.some(({ shown }) => shown) ? undefined : spoken[0]
}

/** Does the number stand in the table, for a place of which the words speak? */
function standsInTable(number: TypedNumber, figures: PublicFigures): boolean {
  const areas = areasOf(number, figures)
  const named = linesNamed(number.clause, figures)
  return (named.length > 0 ? named : figures.lines).some(({ total, parts, totalDay, partDays }) =>
    areas.length === 0
      ? total === number.value && (totalDay ?? figures.day) === figures.day
      : areas.some((area) => {
          const i = figures.areas.indexOf(area)
          return parts[i] === number.value && (partDays?.[i] ?? figures.day) === figures.day
        }),
  )
}

const namedIn = ({ name, areas }: PublicFigures): readonly string[] => [name, ...areas]

/** Numbers that are no figure of the table, and what may be names: what whoever wrote the words has to answer for. */
export function unaccounted(words: Words, figures: PublicFigures): readonly Unconfirmed[] {
  return TEXTS.flatMap((text) => {
    const said = words[text] ?? ''
    const names = typedNames(said, namedIn(figures))
    // The sign of a number in what is asked about as a name is not asked about twice.
    const inName = ({ written, counts, clause }: TypedNumber) =>
      counts !== 'people' && names.some((one) => one.written.includes(written) && clause.includes(one.written))
    const numbers = typedNumbers(said, namedIn(figures)).filter((one) => !standsInTable(one, figures) && !inName(one))
    return [...numbers, ...names].map((one) => ({ ...one, text }))
  })
}

const LABELS: Readonly<Record<TextName, Label>> = {
  title: { zh: '标题', en: 'title' },
  text: { zh: '中文正文', en: 'Chinese text' },
  textEn: { zh: '英文正文', en: 'English text' },
}

/**
 * May these words stand above this table? Figures come by their place in braces. Refused: a place of no figure, a telephone or identity
 * number, and a number that is held back in the table where the words speak of its place or line. Any other number that stands in no figure,
 * and what may be a name, is let through by those who confirmed it with a reason.
 * @param content the frozen report that the table rests on, where it can be read
 */
export function guardWords(
  words: Words,
  figures: PublicFigures,
  content: DailyContent | undefined,
  confirmed: readonly string[],
  reason: string | null | undefined,
): Problem | undefined {
  const cells = content ? cellsOf(figures, content) : []
  for (const text of TEXTS) {
    const said = words[text] ?? ''
    const path = `input.${text}`
    const strange = figuresOf(said, () => true).find((key) => !figures.lines.some((line) => line.key === key))
    if (strange !== undefined)
      return refuse(
        'bulletin-figure-unknown',
        {
          zh: `${LABELS[text].zh}中的{${strange}}不是本通报的数字，请改用：${figures.lines.map(({ key }) => `{${key}}`).join('、')}。`,
          en: `{${strange}} in the ${LABELS[text].en} is no figure of this bulletin; there are ${figures.lines.map(({ key }) => `{${key}}`).join(', ')}.`,
        },
        { path },
      )
    if (personalNumbers(said).length > 0)
      return refuse(
        'bulletin-personal-number',
        {
          zh: `${LABELS[text].zh}中有个人的手机号或身份证号，不能公开，请删去；可公布单位值班电话或热线。`,
          en: `The ${LABELS[text].en} has a mobile or identity number of a person, which is not for the public. Take it out; a landline of an office or a hotline may stand.`,
        },
        { path },
      )
    for (const number of typedNumbers(said, namedIn(figures))) {
      const held = heldBack(number, figures, cells)
      if (held) return tellsHidden(number, held, figures, text)
    }
  }
  const open = unaccounted(words, figures).filter(({ written }) => !confirmed.includes(written))
  if (open.length === 0 && (confirmed.length === 0 || (reason ?? '').trim() !== '')) return undefined
  const listed = (open.length > 0 ? open.map(({ written }) => written) : confirmed).slice(0, 10)
  return refuse(
    'bulletin-words-unconfirmed',
    {
      zh: `文字中的${listed.map((one) => `“${one}”`).join('、')}不是本通报表中的数字（或疑似姓名）。请改用通报中带框的数字或删去；确需保留的，逐项确认并写明来源和理由。`,
      en: `${listed.map((one) => `“${one}”`).join(', ')} in the words is no figure of the table, or may be a name. Use a figure of the bulletin or take it out; what has to stay is confirmed one by one, with its source and the reason.`,
    },
    { path: 'input.typed', data: { unconfirmed: open.map(({ written, clause, text, kind }) => ({ written, clause, text, kind })) } },
  )
}

function tellsHidden({ written, clause }: TypedNumber, { line, area }: TrueCell, figures: PublicFigures, text: TextName): Problem {
  const where = area ?? figures.name
  return refuse(
    'bulletin-tells-hidden',
    {
      zh: `“${clause.slice(0, 30)}”中的${written}，是表中不予公布的数（${where}，${line.label.zh}），写出来可以认出个人。请删去；全市（县）的数请放回“${line.label.zh}”，按表中所示公布。`,
      en: `${written} in “${clause.slice(0, 60)}” is held back in the table (${where}, ${line.label.en}), as people could be known by it. Take it out; for the whole put back the figure “${line.label.en}”, which reads as the table shows it.`,
    },
    { path: `input.${text}`, data: { line: line.key, area: where } },
  )
}
