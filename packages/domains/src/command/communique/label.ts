import { type Assigned, assignedIn, unassigned } from './assigned.ts'
import { type Clause, despace } from './clause.ts'
import { confidenceOf, SURE } from './confidence.ts'
import { voteDomain } from './domain.ts'
import { type DueMention, findDates, findDue, findNumbers, findProgrammes } from './facts.ts'
import type { Group } from './groups.ts'
import { VERB_INSIDE } from './means.ts'
import { recurrenceIn, recurrenceName, recurrenceOf } from './recurs.ts'
import { chooseDomain, fieldInGeneral, type Surroundings, textOf } from './register.ts'
import { ofEvent } from './relative.ts'
import { because } from './rules.ts'
import { summarise } from './summary.ts'
import type { Directive, Why } from './types.ts'
import { weigh } from './weigh.ts'

/** Words of haste without a time. */
export const URGENCY =
  /抓住[^，。；]{0,12}(?:窗口期?|有利时机|时机)|抢抓[^，。；]{1,10}(?:窗口期?|时机|机遇|农时)|第一时间|争分夺秒|刻不容缓|火速|连夜|立即|立刻|马上|即刻|即时|即日起|迅速|尽快|尽早|从速|从快|抓紧(?!抓)|及时|适时|限期|限时|当场|不误农时|不违农时|越快越好|加急|提早|及早|随时|只争朝夕/
const CONDITIONS =
  /在[^，。；]{2,60}?(?:前提下|基础上|的同时|情况下|条件下)|(?:坚持|按照|本着|遵循)[^，。；]{2,60}?原则|以[^，。；]{2,30}?为前提|同步(?:做好|落实|抓好)[^，。；]{2,60}|依法依规|依法|依规/g
const DEADLINE_AFTER =
  /^(?:24时|0时|\d{1,2}时|上午|下午)?(?:之前|以前|前|内|底前|为止|截止|完成|到位)|^(?:要|必须|全部|全面|实现|须|完成|基本|率先|务必)/
const DEADLINE_BEFORE = /(?:截至|截止|截止到|于|最迟|务必|确保|力争|在|到|至|限|必须|争取|，|^|前|要)$/

const LASTS = /(?:压缩|缩短|压减|精简|控制|缩减|减少|降低|提前|延长|隔离|观察)(?:至|到|在|为)?$/

/** Label one directive: what the clauses say, where, when, under which conditions, and how sure that is. */
export function labelGroup(group: Group, around: Surroundings): Directive {
  const first = group.clauses[0]
  const last = group.clauses.at(-1)
  if (first === undefined || last === undefined) throw new RangeError('空的条目无法标注 / an empty group cannot be labelled')
  const start = first.start
  const end = last.end
  const quote = around.text.slice(start, end)
  const seen = around.view.slice(start, end)
  const why: Why[] = [...group.why]

  const assigned = assignedIn(seen)
  // Whoever is named for it has to deliver something.
  const soft = assigned === null && isSoft(group.clauses)
  const { domain, reason, strength } = weigh(group.clauses, around, soft, chooseDomain(group.clauses, around, soft))
  why.push(reason)
  if (soft) why.push(because('label.soft'))

  const prohibition = !soft && group.clauses.some((clause) => clause.prohibition)
  if (prohibition) why.push(because('label.prohibition'))

  const conditions = [...seen.matchAll(CONDITIONS)].map((m) => quote.slice(m.index, m.index + m[0].length))
  for (const condition of conditions) why.push(because('label.condition', condition))
  const inherited = group.inherited.filter((condition) => !conditions.includes(condition))
  for (const condition of inherited) why.push(because('label.inherited', condition))

  const urgency = URGENCY.exec(seen)?.[0] ?? null
  if (urgency !== null) why.push(because('label.urgency', urgency))
  const deadline = dueOf(assigned, start, around) ?? findDeadline(group.clauses, around) ?? findRecurrence(group.clauses, around)
  const dates = findDates(seen, start, around.year, around.month, around.from ?? null).map((date) =>
    date.start === deadline?.start ? { ...date, iso: deadline.iso } : date,
  )
  if (deadline !== null) why.push(because('label.deadline', deadline.words))
  if (deadline !== null) why.push(...reasonsOf(deadline))

  const confidence = confidenceOf(strength, around.cuts ?? 1)
  return {
    quote,
    start,
    end,
    action: unassigned(summarise(group.clauses)),
    domain,
    conditions: [...conditions, ...inherited],
    deadline: deadline?.words ?? null,
    deadlineDate: deadline?.iso ?? null,
    urgency,
    addressee: assigned?.lead ?? addresseeOf(group.clauses),
    soft,
    prohibition,
    numbers: findNumbers(seen, start).filter((n) => !dates.some((d) => n.start < d.end && d.start < n.end)),
    dates,
    programmes: findProgrammes(seen),
    unsure: confidence < SURE || (deadline !== null && isOpen(deadline)),
    confidence,
    why,
  }
}

/** Whoever leads the work, else whoever is told first. */
const addresseeOf = (clauses: readonly Clause[]): string | null =>
  (clauses.find((clause) => clause.leads) ?? clauses.find((clause) => clause.addressee !== null))?.addressee ?? null

/** 市公安局要利用大数据平台核查轨迹: told to one by name, what the means are for is the order. */
const worksThrough = (clause: Clause): boolean =>
  clause.kind === 'means' &&
  clause.modal !== null &&
  clause.addressee !== null &&
  /^(?:充分)?(?:利用|运用|通过|依托|借助|采取|采用|发动|组织)/.test(clause.core) &&
  VERB_INSIDE.test(clause.core.slice(4, -2))

/** Soft: no clause names anything that could be delivered. A purpose that names a field of its own makes general words hard. */
function isSoft(clauses: readonly Clause[]): boolean {
  if (clauses.some((clause) => clause.kind === 'hard' || clause.kind === 'enabling' || clause.kind === 'sanction')) return false
  if (clauses.some(worksThrough)) return false
  const avowed = clauses.some((clause) => clause.kind === 'soft' || clause.kind === 'responsibility')
  if (avowed) return fieldInGeneral(clauses) === null
  if (clauses.some((clause) => clause.kind === 'statement' && clause.text.length >= 4)) return false
  const vote = voteDomain(textOf(clauses.filter((clause) => clause.kind === 'purpose')).replace(/社会(?:大局)?(?:和谐)?稳定|社会大局/g, ''))
  return vote === null || vote.tier < 4
}

/** What says of a deadline which day it is: its words, and what was made of them. */
export interface Found extends Pick<DueMention, 'iso' | 'moved' | 'counts'> {
  readonly words: string
}

/**
 * Whether its words leave open which day it is: they name none, or count in working days, of which the holidays are not known. What comes again
 * is none to be told as a day, but for what comes monthly: the register has no such rhythm of reports.
 */
export function isOpen({ iso, counts, words }: Omit<Found, 'moved'>): boolean {
  const recurrence = iso === null ? recurrenceOf(words) : null
  return recurrence === null ? iso === null || counts === 'working' : recurrence === 'monthly'
}

/** How the day of a deadline was found, where its words alone do not say it. */
export function reasonsOf(deadline: Found): readonly Why[] {
  const { iso, moved, counts, words } = deadline
  const recurrence = iso === null ? recurrenceOf(words) : null
  return [
    ...(recurrence === null ? [] : [because('label.recurs', recurrenceName(recurrence))]),
    ...(moved ? [because('label.year', iso ?? '')] : []),
    ...(counts !== null && iso !== null ? [because('label.counted', iso)] : []),
    ...(isOpen(deadline) ? [because('label.open')] : []),
  ]
}

/** The time in the bracket that assigns an order: there it needs no word before or behind it. */
function dueOf(assigned: Assigned | null, start: number, around: Surroundings): Deadline | null {
  if (!assigned?.due) return null
  const { words, at } = assigned.due
  const [date] = findDue(words, around.year, around.month, around.from ?? null)
  if (date === undefined) return null
  const from = start + at
  const { iso, moved, counts } = date
  return { words: around.text.slice(from, from + words.length), start: from + date.start, iso, moved, counts }
}

/** A deadline is a time that can be checked and stands with the work itself, never in a purpose clause. */
function findDeadline(clauses: readonly Clause[], around: Surroundings): Deadline | null {
  for (const clause of clauses) {
    if (clause.kind === 'purpose') continue
    const seen = around.view.slice(clause.start, clause.end)
    for (const date of findDue(seen, around.year, around.month, around.from ?? null)) {
      const before = seen.slice(Math.max(0, date.start - 4), date.start)
      const after = seen.slice(date.end, date.end + 6)
      if (/^(?:起|开始|以来|印发|发布|召开|份)/.test(after) || /自$|从$|每月?$/.test(before)) continue
      // 压缩到15个工作日以内: how long something takes.
      if (date.counts !== null && LASTS.test(seen.slice(0, date.start))) continue
      const limit = DEADLINE_AFTER.exec(after)
      const inside = date.counts !== null || /内$|底$|季度$|上半年$|下半年$|末$|旬$/.test(date.quote)
      const opens = clause.when !== '' && clause.when.replace(/^(?:在|于|最迟)/, '').startsWith(despace(date.quote))
      if (limit === null && !(inside && (opens || DEADLINE_BEFORE.test(before)))) continue
      const tail = limit !== null && /前|内|止/.test(limit[0]) ? limit[0] : ''
      const start = clause.start + date.start
      const { moved, counts } = date
      // 发现异常要在2小时内上报 counts from what is found.
      const iso = counts === 'span' && ofEvent(around.view.slice(clauses[0]?.start ?? start, start)) ? null : date.iso
      return { words: around.text.slice(start, clause.start + date.end + tail.length), start, iso, moved, counts }
    }
  }
  return null
}

/** A time that comes again (每周五, 每日18时前), where the work names no other. */
function findRecurrence(clauses: readonly Clause[], around: Surroundings): Deadline | null {
  for (const clause of clauses) {
    const found = clause.kind === 'purpose' ? null : recurrenceIn(around.view.slice(clause.start, clause.end))
    if (found === null) continue
    const start = clause.start + found.at
    return { words: around.text.slice(start, start + found.words.length), start, iso: null, moved: false, counts: null }
  }
  return null
}

interface Deadline extends Found {
  readonly start: number
}
