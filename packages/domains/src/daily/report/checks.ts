import type { Label } from '@guatu/kernel'
import type { AreaBooks, Check, DayBooks } from './content.ts'
import { correction, type SinceLast } from './late.ts'
import { CLASSES, INDICATORS, type Line, NEWS } from './lines.ts'

const NOTHING: DayBooks = { before: 0, stock: 0, entered: 0, left: 0, movedIn: 0, movedOut: 0 }
const KINDS = ['monitoring.observed.home', 'monitoring.observed.central', 'monitoring.observed.self'] as const

/** The books of an indicator; what was never entered is zero. */
export const booksOf = (one: AreaBooks, indicator: string): DayBooks => one.books[indicator] ?? NOTHING

/** What a line says of an area; of a stock, also that of the day before. */
export const figureOf = (one: AreaBooks, { indicator, also, part }: Line, of: Line['part'] | 'before' = part): number =>
  booksOf(one, indicator)[of] + (also === undefined ? 0 : booksOf(one, also)[of])

const stock = (one: AreaBooks, indicator: string) => booksOf(one, indicator).stock
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/**
 * The consistency tests of a day: the law of stocks for every indicator; cumulative = released + left otherwise + still observed
 * (as in published bulletins: 598 = 449 + 149); observed = yesterday + entered + observed again − released − left otherwise − entered wrongly,
 * as the row says them; observed = home + central + self = the sum of the classes; the whole = the sum of
 * its parts.
 * @param flows indicators that are counted by day and have no stock
 */
export function checksOf(total: AreaBooks, parts: readonly AreaBooks[], flows: ReadonlySet<string>): readonly Check[] {
  const stocks = INDICATORS.filter((indicator) => !flows.has(indicator))
  const out: Check[] = []
  const test = (code: Check['code'], one: AreaBooks, indicator: string, left: number, right: number, zh: string, en: string) =>
    out.push({
      code,
      area: one.area,
      indicator,
      left,
      right,
      holds: left === right,
      words: { zh: `${one.name}：${zh}`, en: `${one.name}: ${en}` },
    })
  for (const one of [total, ...parts]) {
    for (const indicator of stocks) {
      const { before, stock: after, entered, left, movedIn, movedOut } = booksOf(one, indicator)
      const right = before + entered - left + movedIn - movedOut
      // A law that holds for every indicator of every village is not worth a line each; one that is broken is.
      if (after !== right)
        test(
          'stock',
          one,
          indicator,
          after,
          right,
          `存量 ${after} ≠ 昨日 ${before} + 进 ${entered} − 出 ${left} + 调入 ${movedIn} − 调出 ${movedOut}`,
          `stock ${after} ≠ yesterday ${before} + entered ${entered} − left ${left} + moved in ${movedIn} − moved out ${movedOut}`,
        )
    }
    const observed = stock(one, 'monitoring.observed')
    const exits = stock(one, 'monitoring.released') + stock(one, 'monitoring.otherExits')
    const cumulative = stock(one, 'monitoring.cumulative')
    test(
      'cumulative',
      one,
      'monitoring.cumulative',
      cumulative,
      exits + observed,
      `累计观察 ${cumulative} = 已解除和其他退出 ${exits} + 正在观察 ${observed}`,
      `observed so far ${cumulative} = left ${exits} + still observed ${observed}`,
    )
    const [left, right, words] = dayOf(one)
    test('day', one, 'monitoring.observed', left, right, words.zh, words.en)
    const kinds = sum(KINDS.map((kind) => stock(one, kind)))
    test(
      'kinds',
      one,
      'monitoring.observed',
      observed,
      kinds,
      `正在观察 ${observed} = 居家、集中、自我监测之和 ${kinds}`,
      `under observation ${observed} = home, central and self ${kinds}`,
    )
    const classes = sum(CLASSES.map(({ indicator }) => stock(one, indicator)))
    test(
      'classes',
      one,
      'monitoring.observed',
      observed,
      classes,
      `正在观察 ${observed} = 各类之和 ${classes}`,
      `under observation ${observed} = all classes ${classes}`,
    )
  }
  if (parts.length > 0)
    for (const indicator of INDICATORS) {
      const of = (one: AreaBooks) => (flows.has(indicator) ? booksOf(one, indicator).entered : stock(one, indicator))
      const [whole, all] = [of(total), sum(parts.map(of))]
      if (whole !== all)
        test(
          'parts',
          total,
          indicator,
          whole,
          all,
          `全区 ${whole} ≠ 各地之和 ${all}（${indicator}）`,
          `whole ${whole} ≠ sum of its parts ${all} (${indicator})`,
        )
    }
  if (parts.length > 0 && !out.some(({ code }) => code === 'parts')) {
    const observed = stock(total, 'monitoring.observed')
    test(
      'parts',
      total,
      'monitoring.observed',
      observed,
      sum(parts.map((one) => stock(one, 'monitoring.observed'))),
      '各项合计等于各地之和',
      'every figure is the sum of its parts',
    )
  }
  return out
}

/** The movements of the day, each by its lawful reason: what the row of an area says adds up to its stock. */
function dayOf(one: AreaBooks): readonly [number, number, Label] {
  const { before, stock: after, movedIn, movedOut } = booksOf(one, 'monitoring.observed')
  const [all, out, other] = [
    booksOf(one, 'monitoring.cumulative'),
    booksOf(one, 'monitoring.released'),
    booksOf(one, 'monitoring.otherExits'),
  ]
  const moved = movedIn - movedOut
  // A release that was taken back is no release of the day and no entry: it is said where there is one.
  const back = out.left
  const right = before + all.entered + other.left + back - out.entered - other.entered - all.left + moved
  const more = (n: number, zh: string, en: string): Label => (n === 0 ? { zh: '', en: '' } : { zh: ` + ${zh} ${n}`, en: ` + ${en} ${n}` })
  const [taken, net] = [more(back, '撤回解除', 'releases taken back'), more(moved, '净调入', 'moved in')]
  return [
    after,
    right,
    {
      zh: `正在观察 ${after} = 昨日 ${before} + 新增 ${all.entered} + 恢复 ${other.left} − 解除 ${out.entered} − 其他退出 ${other.entered} − 误录、重录 ${all.left}${taken.zh}${net.zh}`,
      en: `under observation ${after} = yesterday ${before} + entered ${all.entered} + observed again ${other.left} − released ${out.entered} − left otherwise ${other.entered} − entered wrongly or twice ${all.left}${taken.en}${net.en}`,
    },
  ]
}

/** Yesterday as it was sent up, what came in about it since, and the movements of the day make the stock of the day. */
export function carriedCheck(total: AreaBooks, since: SinceLast, before: AreaBooks): Check {
  const late = correction(since, total.area, 'observed')
  const sent = stock(before, 'monitoring.observed')
  const { stock: left, entered, left: out, movedIn, movedOut } = booksOf(total, 'monitoring.observed')
  const right = sent + late + entered - out + movedIn - movedOut
  const moved = movedIn - movedOut
  return {
    code: 'carried',
    area: total.area,
    indicator: 'monitoring.observed',
    left,
    right,
    holds: left === right,
    words: {
      zh: `${total.name}：正在观察 ${left} = 昨日上报 ${sent} + 其后补录 ${late} + 当日进 ${entered} − 当日出 ${out}${moved === 0 ? '' : ` + 净调入 ${moved}`}`,
      en: `${total.name}: under observation ${left} = reported yesterday ${sent} + recorded since ${late} + entered ${entered} − left ${out}${moved === 0 ? '' : ` + moved in ${moved}`}`,
    },
  }
}

/** What came about in an area on the day: none of it lets the area stand as one that had nothing to report. */
const newsOf = (one: AreaBooks): number => sum(NEWS.map(({ indicator }) => booksOf(one, indicator).entered))

/** Does a zero report of this area say what its own figures of the day say? */
export const isZero = (one: AreaBooks): boolean => newsOf(one) === 0

/** Areas that said there was nothing and have figures of that day all the same, whichever came first: somebody takes the one or the other back. */
export const zeroChecks = (said: readonly AreaBooks[]): readonly Check[] =>
  said.flatMap((one) =>
    NEWS.flatMap(({ indicator, label }) => {
      const { entered } = booksOf(one, indicator)
      if (entered === 0) return []
      const check: Check = {
        code: 'zero',
        area: one.area,
        indicator,
        left: entered,
        right: 0,
        holds: false,
        words: {
          zh: `${one.name}：已零报告，但当日有${label.zh} ${entered}，不按零报告计；请核对后撤回零报告或更正记录`,
          en: `${one.name}: reported zero, but the day has ${label.en.toLowerCase()} ${entered}; it is not counted as zero. Look, and take back the zero report or correct the records`,
        },
      }
      return [check]
    }),
  )

export const isBalanced = (checks: readonly Check[]): boolean => checks.every(({ holds }) => holds)
