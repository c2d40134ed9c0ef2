import type { FieldWork } from '@guatu/client/offline'
import { gates, type passes } from '@guatu/domains'
import { addDays, dayOf } from '@guatu/kernel'
import { passesBy } from './look.ts'

/** Days of outings kept where no order says how far an allowance looks back. */
const LONGEST = 31

export const exitsOf = async (work: FieldWork): Promise<readonly gates.Exit[]> =>
  (await work.kept<readonly gates.Exit[]>('gate-exits')) ?? []

/** Keeps an outing that this phone saw, without those too old to count under any order in force. */
export async function noteExit(work: FieldWork, number: string): Promise<void> {
  const { clock } = work.replica
  const now = clock.now()
  const book = await work.kept<passes.GateBook>('gate-book')
  const days = book ? Math.max(1, ...book.orders.map((order) => order.outingDays ?? 0)) : LONGEST
  const since = addDays(dayOf(now, clock.zone), -days)
  const before = (await exitsOf(work)).filter(([, at]) => at >= since)
  const [pass, other] = passesBy(work.replica, number)
  // Of several that share the number nobody knows whose outing it was.
  const home = pass && !other && gates.homeOf(pass)
  const at = now.toString({ smallestUnit: 'millisecond' })
  const exit: gates.Exit = home === undefined || home === false ? [number, at] : [number, at, home]
  await work.keep('gate-exits', [...before, exit])
}

/** The last outing on a pass was entered by mistake. */
export async function forgetExit(work: FieldWork, number: string): Promise<void> {
  const before = await exitsOf(work)
  const last = before.findLastIndex(([one]) => one === number)
  if (last >= 0) await work.keep('gate-exits', before.toSpliced(last, 1))
}
