import { no, type Result } from '@guatu/kernel'
import { declaredAtDesk, refusedAtDesk } from '../field/at-the-door.ts'
import type { HandOverBox } from '../field/hand-over-box.ts'
import { entered, type Line } from '../gates/lines.ts'
import type { Desk } from '../store/desk/desk.ts'
import type { Receipt } from '../store/log/receipt.ts'
import type { Store } from '../store/store.ts'

/** What acts are taken into, and where it is kept of whom an entry is that could not be made. */
export interface TakingActs {
  readonly store: Store
  readonly box: HandOverBox
}

/**
 * An act of somebody who is told at once what became of it: a line of a gate with whom it turned out to be about, and an arrival of somebody who
 * could not be entered a second time with the entry that is there.
 */
export async function tried(at: TakingActs, desk: Desk, line: Line): Promise<Result<Receipt>> {
  const { command, shown } = await declaredAtDesk(at, desk.actor, line.command)
  const about = shown.length === 0 ? line : { command, shown: [...(line.shown ?? []), ...shown] }
  const done = await entered(at.store, [about], ([one = about]) => desk.try(one.command, one.shown))
  return done.ok ? done : no(await refusedAtDesk(at, desk.actor, line.command, done.problem))
}
