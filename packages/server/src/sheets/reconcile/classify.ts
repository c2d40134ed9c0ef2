import type { lists } from '@guatu/domains'
import { documentNumber, f, fullDayWords, halfWidth, isNationalId, type Label, label, no, problem, type Surroundings } from '@guatu/kernel'
import { CellFault, type SheetRow } from '../sheet.ts'
import { arrivedIn } from './arrived.ts'
import type { Meaning } from './headings.ts'

export type Outcome = lists.Outcome

/** One row of a pushed list as it was read: identity stays in memory and is kept nowhere. */
export interface Pushed {
  readonly line: number
  readonly name?: string
  /** In the one form under which documents are kept and found. */
  readonly document?: string
  /** The sheet kept the number as a figure: its last digits are gone. */
  readonly rounded?: true
  /** As it is kept and found, where it can be read; else as it was written. */
  readonly phone?: string
  /** The phone is one under which somebody can be found. */
  readonly reachable?: true
  readonly birthYear?: number
  readonly address?: string
  readonly arrivedOn?: string
  /** Something stands where the day of arrival should, and it is no day, or has no year that the list tells. */
  readonly undated?: true
}

export interface Verdict {
  readonly outcome: Outcome
  readonly why: Label
}

/** What the register says of somebody, as far as the asker may know. */
export interface Known {
  readonly person: string
  readonly area: string
  /** Inside the asker's jurisdiction. */
  readonly ours: boolean
  /** County of somebody who is not ours. */
  readonly elsewhere?: string
  /** The name is written as in the register. */
  readonly sameName: boolean
  /** Found by name and phone, not by the number of a document. */
  readonly byPhone?: true
  /** So many entries have this name and phone: none of them is meant for certain. */
  readonly several?: number
  /** The observation that is open, or else the one that ended last. */
  readonly watch?: {
    readonly id: string
    readonly state: string
    readonly from?: string
    readonly exitOn?: string
  }
}

/** @param day the list's own date, which tells the year of days without one */
export function readPushed(row: SheetRow, meanings: readonly Meaning[], day?: string): Pushed {
  const value = (meaning: Meaning): string | undefined => {
    const cell = row.cells[meanings.indexOf(meaning)]
    if (cell === undefined || cell === null || cell instanceof CellFault) return undefined
    const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : halfWidth(String(cell)).trim()
    return text === '' ? undefined : text
  }
  const [name, called, address, written, born] = (['name', 'phone', 'address', 'document', 'birthYear'] as const).map(value)
  const phone = called === undefined ? undefined : phoneIn(called)
  const birthYear = /^(?:19|20)\d{2}/.exec(born ?? '')?.[0]
  const plain = written?.replace(/[\s'-]/g, '').toUpperCase() ?? ''
  const document = plain === '' || NO_DOCUMENT.test(plain) ? undefined : documentNumber(plain) || undefined
  const figure = row.cells[meanings.indexOf('document')]
  const rounded = EXPONENT.test(plain) || (typeof figure === 'number' && figure > Number.MAX_SAFE_INTEGER)
  const arrived = arrivedIn(value('arrivedOn'), day)
  return {
    line: row.line,
    ...(name === undefined ? {} : { name: nameIn(name) }),
    ...(document === undefined ? {} : { document }),
    ...(rounded ? { rounded: true } : {}),
    ...(called === undefined ? {} : phone === undefined ? { phone: called } : { phone, reachable: true }),
    ...(birthYear === undefined ? {} : { birthYear: Number(birthYear) }),
    ...(address === undefined ? {} : { address }),
    ...(arrived === undefined ? {} : arrived === 'unread' ? { undated: true } : { arrivedOn: arrived }),
  }
}

const PHONE = f.phone({ label: label('电话', 'Phone') })

/** The first number of a cell that can be dialled. */
const phoneIn = (written: string): string | undefined =>
  [written, ...written.split(/[、，,;；/\s]+/)].map((one) => PHONE.fromCell(one, NOWHERE)).find((one) => one.ok)?.value

const NOWHERE: Surroundings = { lang: 'zh', zone: 'UTC', nameOf: () => undefined, find: () => no(problem('unavailable')) }

/** A long number as a spreadsheet shows it when it takes it for a figure. */
const EXPONENT = /^\d(?:\.\d+)?E\+?1\d$/

/** What senders write where there is no number. */
const NO_DOCUMENT = /^(?:不详|未知|不明|暂无|没有|无|无证件|未提供|未填|待核实|待查|[/\\—－.0]+|NULL|NONE|N\/A)$/

/** Two-character names are spread to the width of three; with Latin letters a space is a space. */
const nameIn = (written: string) => written.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '').replace(/\s+/g, ' ')

/** Letters that are typed for digits; documents are read in capitals. */
const asDigits = (document: string) => document.replace(/O/g, '0').replace(/[IL|]/g, '1')

/** A long number is meant as a national ID, also with letters that look like digits; anything else may be a passport. */
const looksNational = (document: string) => /^\d{14}/.test(asDigits(document)) && !RESIDENCE_CARD.test(document)
/** A foreigner's permanent residence card: three letters of the country before twelve digits. */
const RESIDENCE_CARD = /^[A-Z]{3}\d{12}$/

/** Whether a number is meant as a national ID and is none, or is that of another document as long: the register knows which. */
export const isDoubtful = ({ document, rounded }: Pushed): boolean =>
  document !== undefined && rounded !== true && looksNational(document) && !isNationalId(document)

/**
 * What is wrong with a row before anybody is looked for.
 * @param earlier where the same person stands in the list already
 * @param today by which everybody of a list was born
 * @param registered whether somebody is registered under this very number, which then is none with a slip
 */
export function fault(row: Pushed, earlier: Label | undefined, today?: string, registered = false): Label | undefined {
  if (row.document === undefined && row.name === undefined) return label('姓名和证件号码都没有', 'neither name nor document')
  if (row.rounded)
    return label(
      '证件号码被表格当作数字，末几位已丢失；请发送方改为文本格式后重发',
      'the sheet kept the document number as a figure and lost its last digits; ask the sender for a list with it as text',
    )
  if (row.document === undefined) {
    if (row.name === undefined || !row.reachable) return UNIDENTIFIED
    return earlier && same(earlier)
  }
  if (registered) return earlier && same(earlier)
  if (looksNational(row.document) && asDigits(row.document) !== row.document)
    return label(
      '身份证号中有字母O、I或l，应为数字0或1，请发送方核对',
      'the identity number has a letter O, I or l where a digit 0 or 1 belongs; ask the sender to check it',
    )
  if (looksNational(row.document) && !isNationalId(row.document))
    return label('身份证号位数或校验位不对', 'the identity number has a wrong length or check character')
  if (today !== undefined && isNationalId(row.document) && row.document.slice(6, 14) > today.replaceAll('-', ''))
    return label('身份证号中的出生日期还没有到', 'the date of birth in the identity number is still to come')
  return earlier && same(earlier)
}

const same = (earlier: Label): Label => label(`与${earlier.zh}重复`, `the same as ${earlier.en}`)

const UNIDENTIFIED = label(
  '没有证件号码，也没有可用的姓名和电话，无法比对；请补充证件号码，或姓名和电话',
  'no document number, nor a name with a phone that can be dialled: it cannot be compared; ask for the number, or for name and phone',
)

const OPEN: readonly string[] = ['watching', 'absent']

/**
 * What becomes of a sound row.
 * @param known the register's entry for its document, if any
 * @param days length of the period that a listed arrival serves
 */
export function judgeRow(row: Pushed, known: Known | undefined, today: string, days: number): Verdict {
  const { outcome, why } = judged(row, known, today, days)
  const byPhone = known ? known.byPhone && known.several === undefined && known.sameName : row.document === undefined
  return { outcome, why: byPhone ? label(`${why.zh}（按姓名和电话比对）`, `${why.en} (by name and phone)`) : why }
}

function judged(row: Pushed, known: Known | undefined, today: string, days: number): Verdict {
  const over = row.arrivedOn !== undefined && ended(row.arrivedOn, days) < today
  if (known && !known.ours)
    return {
      outcome: 'notResident',
      why: label(`登记在${known.elsewhere ?? '外地'}，请转交`, `registered in ${known.elsewhere ?? 'another place'}; pass it on`),
    }
  if (known?.several !== undefined)
    return {
      outcome: 'wrong',
      why: label(
        `在册有${known.several}人姓名、电话相同，无法确定是哪一人；请补充证件号码或出生年份`,
        `${known.several} people of the register have this name and phone; ask for the number of the document or the year of birth`,
      ),
    }
  if (known && row.name !== undefined && !known.sameName)
    return {
      outcome: 'wrong',
      why: known.byPhone
        ? label('电话在册，姓名同音但写法不同', 'the phone is registered with a name that sounds the same and is written otherwise')
        : label('证件号码在册，但姓名不一致', 'the document is registered under another name'),
    }
  if (known?.watch && OPEN.includes(known.watch.state)) return { outcome: 'found', why: underObservation(row, known.watch) }
  const earlier = known?.watch !== undefined && endedBefore(row, known.watch)
  if (known?.watch && !earlier) return { outcome: 'past', why: dated(row, label('已解除或已转出', 'released or transferred already')) }
  if (over) return { outcome: 'past', why: label(`到达已超过${days}天`, `arrived more than ${days} days ago`) }
  if (known?.watch && earlier) return { outcome: 'missed', why: cameAgain(row, known.watch) }
  const missed = known
    ? label('在册但未观察', 'registered, not under observation')
    : label('不在册，请核查是否在本地', 'not in the register; find out whether the person is here')
  return { outcome: 'missed', why: dated(row, missed) }
}

/**
 * An observation that was over when the person arrived says nothing of this arrival, nor does one of an earlier arrival that ended on its day.
 * Whoever died arrives no more.
 */
const endedBefore = ({ arrivedOn }: Pushed, { state, from, exitOn }: NonNullable<Known['watch']>): boolean =>
  arrivedOn !== undefined &&
  exitOn !== undefined &&
  state !== 'died' &&
  (exitOn < arrivedOn || (exitOn === arrivedOn && from !== undefined && from < arrivedOn))

const cameAgain = ({ arrivedOn = '' }: Pushed, { exitOn = '' }: NonNullable<Known['watch']>): Label => {
  const [ended, came] = [fullDayWords(exitOn), fullDayWords(arrivedOn)]
  return label(
    `上一次观察已于${ended.zh}结束，名单上的到达（${came.zh}）在此之后，未观察`,
    `the last observation ended on ${ended.en}; the arrival of the list (${came.en}) is later and was not observed`,
  )
}

/** Whoever is observed for an earlier arrival is known, and somebody looks whether the period still is long enough. */
const underObservation = ({ arrivedOn }: Pushed, { from }: NonNullable<Known['watch']>): Label => {
  if (arrivedOn === undefined || from === undefined || arrivedOn <= from) return label('正在观察', 'under observation')
  const [began, came] = [fullDayWords(from), fullDayWords(arrivedOn)]
  return label(
    `正在观察，但自${began.zh}起算，早于名单上的到达（${came.zh}）；请核实是否又外出，需要时“重新计算”`,
    `under observation, but counted from ${began.en}, before the arrival of the list (${came.en}); find out whether the person was away again, and start again where so`,
  )
}

const dated = ({ undated }: Pushed, why: Label): Label => (undated ? label(`${why.zh}；${UNDATED.zh}`, `${why.en}; ${UNDATED.en}`) : why)

/** Nothing is taken for granted of a day that cannot be read: it is for the person who decides. */
const UNDATED = label(
  '到达日期认不出（或没有年份，名单上方也没有带年份的日期），请核实，期限未按到达日期计算',
  'the day of arrival cannot be read, or has no year and neither have the titles of the list: find it out, no period was counted from it',
)

const ended = (arrivedOn: string, days: number) => Temporal.PlainDate.from(arrivedOn).add({ days }).toString()
