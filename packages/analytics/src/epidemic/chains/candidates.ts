/** Who could have infected whom, with weights. */
import { demand } from '../../outcome.ts'

/** A case as the line list knows it. */
export interface ChainCase {
  readonly id: string
  /** Day of onset (or of the sample of a case without symptoms), as a day number. */
  readonly onset: number
  /** True: infected elsewhere. False: infected here. Null: not known. */
  readonly imported: boolean | null
}

/** A known exposure between two cases, either way round. */
export interface ExposureLink {
  /** Numbers of the two cases in the list. */
  readonly a: number
  readonly b: number
  /** Kind of the exposure; its rate is in the options. */
  readonly kind: string
  /** Hours together; 1 if not known. */
  readonly hours?: number
  /** First and last day of contact; a direction in which they make no sense is dropped. */
  readonly firstDay?: number
  readonly lastDay?: number
}

/** Chance of each whole number of days from the infector's onset to the infectee's; `firstLag` may be negative. */
export interface LagDistribution {
  readonly firstLag: number
  readonly pmf: readonly number[]
}

export interface CandidateOptions {
  readonly serialInterval: LagDistribution
  readonly links?: readonly ExposureLink[]
  /** Weight per hour of each kind of exposure, against a weight of 1 for two cases with nothing known between them. */
  readonly ratePerHour?: Readonly<Record<string, number>>
  /** Weight of two cases with nothing known between them; 1 by default, 0 if only known links count. */
  readonly unlinked?: number
  /** Weight of "infected elsewhere" for cases of unknown origin, on the scale of serial-interval chance × exposure weight. */
  readonly importWeight?: number
  /** Days before onset from which a case may infect; bounds the contact days of links. */
  readonly presymptomaticDays?: number
  /**
   * Chance of 0, 1, 2, … days from infection to onset. With it a link whose days are known weighs more the better infection on those days
   * explains the infectee's onset.
   */
  readonly incubation?: readonly number[]
}

/** Candidate sources of all cases as compressed sparse rows, not yet normalised. */
export interface Candidates {
  readonly offsets: Uint32Array
  readonly source: Int32Array
  readonly weight: Float64Array
  /** Weight of import for each case; infinite for cases known to be imported. */
  readonly importWeight: Float64Array
}

/**
 * Weights w(j → i) = f(t_i − t_j) × (unlinked + Σ rate × hours over known exposures): competing hazards add up, so two ways of meeting
 * count together.
 *
 * @throws InputError `serial-interval-invalid`, `onset-invalid`, `unlinked-invalid`, `import-weight-invalid`, `link-unknown-case`,
 *   `link-kind-without-rate`, `link-hours-invalid`, `link-days-invalid` (`index` is the link).
 */
export function findCandidates(cases: readonly ChainCase[], options: CandidateOptions): Candidates {
  const { serialInterval, links = [], ratePerHour = {}, unlinked = 1, importWeight = 0 } = options
  const { firstLag, pmf } = serialInterval
  demand(
    pmf.length > 0 && Number.isInteger(firstLag) && pmf.every((chance) => chance >= 0 && Number.isFinite(chance)),
    'serial-interval-invalid',
    '代间距分布应为非负数',
    'The serial interval must be a list of chances that are not negative',
  )
  cases.forEach(({ onset }, row) => {
    demand(
      Number.isInteger(onset),
      'onset-invalid',
      `第 ${row + 1} 例的发病日不是整数日，请先补上发病日`,
      `Case ${row + 1}: the onset is not a whole day; fill it in first`,
    )
  })
  demand(
    unlinked >= 0 && Number.isFinite(unlinked),
    'unlinked-invalid',
    `无已知接触的权重为 ${unlinked}，应为不小于0的数`,
    `The weight of cases without a known contact is ${unlinked}: it must be a number from 0`,
  )
  demand(
    importWeight >= 0 && Number.isFinite(importWeight),
    'import-weight-invalid',
    `输入权重为 ${importWeight}，应为不小于0的数`,
    `The import weight is ${importWeight}: it must be a number from 0`,
  )
  const known = linkWeights(cases, links, ratePerHour, options.presymptomaticDays ?? 0, options.incubation)
  const order = Uint32Array.from(cases.keys()).sort((a, b) => onsetOf(cases, a) - onsetOf(cases, b) || a - b)
  const onsets = Float64Array.from(order, (number) => onsetOf(cases, number))
  const offsets = new Uint32Array(cases.length + 1)
  const source: number[] = []
  const weight: number[] = []
  const imports = new Float64Array(cases.length)
  cases.forEach((one, i) => {
    imports[i] = one.imported === true ? Number.POSITIVE_INFINITY : one.imported === false ? 0 : importWeight
    const links = known.get(i)
    if (one.imported !== true)
      for (let at = lowerBound(onsets, one.onset - firstLag - pmf.length + 1); at < order.length; at += 1) {
        const lag = one.onset - (onsets[at] as number)
        if (lag < firstLag) break
        const j = order[at] as number
        const w = (pmf[lag - firstLag] ?? 0) * (unlinked + (links?.get(j) ?? 0))
        if (j === i || w <= 0) continue
        source.push(j)
        weight.push(w)
      }
    offsets[i + 1] = source.length
  })
  return { offsets, source: Int32Array.from(source), weight: Float64Array.from(weight), importWeight: imports }
}

function onsetOf(cases: readonly ChainCase[], number: number): number {
  return (cases[number] as ChainCase).onset
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Weight of the known exposures for each infectee and infector. */
function linkWeights(
  cases: readonly ChainCase[],
  links: readonly ExposureLink[],
  rates: Readonly<Record<string, number>>,
  presymptomatic: number,
  incubation: readonly number[] | undefined,
) {
  // The chance of a typical infected person's own incubation: a link on typical days keeps its weight.
  const typical = incubation?.reduce((sum, chance) => sum + chance * chance, 0) ?? 1
  const known = new Map<number, Map<number, number>>()
  const add = (from: number, to: number, infector: ChainCase, infectee: ChainCase, { firstDay, lastDay }: ExposureLink, weight: number) => {
    if (lastDay !== undefined && lastDay < infector.onset - presymptomatic) return
    if (firstDay !== undefined && firstDay > infectee.onset) return
    let fit = 1
    if (incubation !== undefined && firstDay !== undefined && lastDay !== undefined) {
      const since = Math.max(firstDay, infector.onset - presymptomatic)
      let chance = 0
      for (let day = since; day <= lastDay; day += 1) chance += incubation[infectee.onset - day] ?? 0
      fit = chance / (lastDay - firstDay + 1) / typical
    }
    const into = known.get(to) ?? new Map<number, number>()
    known.set(to, into)
    into.set(from, (into.get(from) ?? 0) + weight * fit)
  }
  links.forEach((link, row) => {
    const [a, b] = [cases[link.a], cases[link.b]]
    demand(
      a !== undefined && b !== undefined && a !== b,
      'link-unknown-case',
      `第 ${row + 1} 条接触关系指向不存在的病例`,
      `Link ${row + 1} refers to an unknown case`,
    )
    const rate = rates[link.kind]
    demand(
      rate !== undefined && rate >= 0 && Number.isFinite(rate),
      'link-kind-without-rate',
      `接触类型“${link.kind}”没有权重`,
      `The kind of exposure "${link.kind}" has no rate`,
    )
    const { hours = 1, firstDay = 0, lastDay = firstDay } = link
    demand(
      hours >= 0 && Number.isFinite(hours),
      'link-hours-invalid',
      `第 ${row + 1} 条接触关系的时长为 ${hours} 小时，应为不小于0的数；不清楚就不填`,
      `Link ${row + 1} lasted ${hours} hours: it must be a number from 0; leave it out if not known`,
      row,
    )
    demand(
      Number.isInteger(firstDay) && Number.isInteger(lastDay) && (link.firstDay === undefined || firstDay <= lastDay),
      'link-days-invalid',
      `第 ${row + 1} 条接触关系的起止日应为整数日且先后有序；不清楚就不填`,
      `Link ${row + 1}: its first and last day must be whole days in order; leave out what is not known`,
      row,
    )
    const weight = rate * hours
    add(link.a, link.b, a, b, link, weight)
    add(link.b, link.a, b, a, link, weight)
  })
  return known
}
