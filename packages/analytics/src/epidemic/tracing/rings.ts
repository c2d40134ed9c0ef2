/** First and second ring of contacts around one case. */
import { demand } from '../../outcome.ts'
import { ContactLedger } from './contact-ledger.ts'
import { type CompiledRules, type ContactRule, compileRules } from './contact-rules.ts'
import { meetAll } from './meetings.ts'
import type { Ring } from './ring.ts'
import { SecondRing } from './second-ring.ts'
import type { StayIndex } from './stay-index.ts'
import { OTHER, rowCells } from './stay-rows.ts'

export interface Rings {
  readonly first: Ring
  readonly second: Ring
}

/** Time in which the case could infect, [from, to). */
export interface ExposureWindow {
  readonly from: number
  readonly to: number
}

/** Limits of the second ring. */
export interface SecondRingOptions {
  /** End of the meetings that count; the end of the exposure window if left out. */
  readonly until?: number
  /** When a first-ring contact was isolated; undefined while not. */
  readonly isolatedAt?: (contact: number) => number | undefined
}

/** Answers ring questions on one index; holds 4 bytes of scratch a place and 44 for every fourth person, so keep one tracer and ask it often. */
export interface Tracer {
  /**
   * Everybody who met `person` within the window, and everybody who met one of those afterwards.
   *
   * The second ring counts meetings with a first-ring contact from that contact's first meeting with the case until `until` or until the
   * contact was isolated, whichever comes first; the case and the first ring are left out of it.
   *
   * @throws InputError `unknown-person`, `window-empty`.
   */
  rings(person: number, window: ExposureWindow, options?: SecondRingOptions): Rings
  /** The first ring alone. */
  contacts(person: number, window: ExposureWindow): Ring
}

/** Contacts that the ledgers have room for from the start; larger rings make more. */
const FIRST_RING = 8192
const LARGEST_RING = 2_000_000
const BUSY_QUESTIONS = 6

/** The rows [from, to) of the place with most stays. */
function busiestPlace({ places, placeOffsets }: StayIndex): { readonly from: number; readonly to: number } {
  let [from, to] = [0, 0]
  for (let place = 0; place < places; place += 1) {
    const low = placeOffsets[place] as number
    const high = placeOffsets[place + 1] as number
    if (high - low > to - from) [from, to] = [low, high]
  }
  return { from, to }
}

/**
 * Prepares the tracer for an index and the contact rules in force. First ring: who was with the case; second: who was later with one of
 * these. This library's own procedure, which needs no source.
 *
 * @param index Stays by person and by place.
 * @param rules Shortest overlap (the unit of the stays) and rows apart for each kind of place.
 * @returns A tracer that keeps its memory between questions.
 * @throws InputError `contact-rule-invalid`, `contact-rule-missing`; its questions `unknown-person`, `window-empty`.
 */
export function createTracer(index: StayIndex, rules: readonly ContactRule[]): Tracer {
  const compiled: CompiledRules = compileRules(rules, index.placeKind)
  const near = new ContactLedger(index.people, Math.min(index.people, FIRST_RING))
  const second = new SecondRing(index, compiled, Math.min(LARGEST_RING, Math.max(FIRST_RING, index.people >> 2), index.people))

  const firstRing = (person: number, window: ExposureWindow): Ring => {
    demand(
      Number.isInteger(person) && person >= 0 && person < index.people,
      'unknown-person',
      `人员编号 ${person} 不存在`,
      `There is no person ${person}`,
    )
    demand(
      window.to > window.from,
      'window-empty',
      '暴露时间段为空：结束不晚于开始',
      'The exposure window is empty: it does not end after it starts',
    )
    meetAll(index, compiled, person, window.from, window.to, near)
    return near.take(null)
  }

  const tracer: Tracer = {
    contacts: firstRing,
    rings(person, window, options = {}) {
      const first = firstRing(person, window)
      const until = options.until ?? window.to
      // Asked before anything is added: should the caller's answer fail, the next question begins clean.
      const ends = Array.from(first.person, (contact) => Math.min(until, options.isolatedAt?.(contact) ?? until))
      second.leaveOut(person)
      ends.forEach((end, row) => {
        const contact = first.contact(row)
        second.add(contact.person, contact.first, end)
        second.leaveOut(contact.person)
      })
      return { first, second: second.take() }
    },
  }
  // Ask about a few people now, and about visitors of the busiest place: engines compile what runs often, the largest rings run what small ones
  // do not, and the first question of a duty officer must not pay for that.
  if (index.stays > 1_000_000) {
    const always = { from: -2147483648, to: 2147483647 }
    for (let person = 0; person < index.people; person += Math.ceil(index.people / 8)) tracer.rings(person, always)
    const { from, to } = busiestPlace(index)
    for (let k = 0; k < BUSY_QUESTIONS; k += 1)
      tracer.rings(index.byPlace[(from + Math.floor(((to - from) * k) / BUSY_QUESTIONS)) * rowCells + OTHER] ?? 0, always)
  }
  return tracer
}
