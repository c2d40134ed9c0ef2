import { type Actor, type Command, dayOf, instantMs, ok, type Problem, problem, type Result, today } from '@guatu/kernel'
import type { Accounts } from '../accounts/accounts.ts'
import { type AtTheGate, cross, type Identified } from '../gates/cross.ts'
import type { Desk } from '../store/desk/desk.ts'
import type { Receipt } from '../store/log/receipt.ts'
import type { Store } from '../store/store.ts'
import type { HandOverBox } from './handed-over.ts'
import { FIELD_PARAMETERS, fieldRule } from './parameters.ts'

/** What became of one act of a phone. */
export type Taken =
  | { readonly event: string; readonly confirmed: Receipt; readonly identified?: Identified }
  | { readonly event: string; readonly handedOver: 'waiting' | 'taken' | 'dropped' }
  | { readonly event: string; readonly problem: Problem }

/** An act of a phone, and beside a crossing whoever stood at the gate. */
export interface PhoneAct {
  readonly command: Command
  readonly who?: AtTheGate
}

/** Refusals that say nothing against the act, only against who sends it now. */
const NOT_THEIRS = new Set(['not-allowed', 'outside-jurisdiction'])

export interface TakingIn {
  readonly store: Store
  readonly accounts: Accounts
  readonly box: HandOverBox
}

export interface Sender {
  readonly actor: Actor
  readonly device: string
  /** Nobody sits at the phone any more: whatever is refused is kept for the clerk, who alone can decide on it. */
  readonly unattended?: boolean
}

/**
 * Takes in what a phone did, in its order. Offline acts are judged by the grants of the day on which they were done, as long as
 * the grant did not end too long ago; what a worker may no longer do goes to the hand-over box and is never dropped.
 */
export async function takeIn(at: TakingIn, sender: Sender, acts: readonly PhoneAct[]): Promise<readonly Taken[]> {
  const { store, accounts, box } = at
  const commands = acts.map(({ command }) => command)
  const boxed = await box.statesOf(commands.map((command) => command.id))
  const actors = new Map<string, Promise<Actor>>()
  const actorOn = (day: string) => {
    const known = actors.get(day)
    if (known) return known
    const asked = accounts.actorOn(sender.actor, day, fieldRule(store, FIELD_PARAMETERS.lateDays))
    actors.set(day, asked)
    return asked
  }
  const dayOfAct = ({ happenedAt }: Command) => {
    const ms = happenedAt === undefined ? store.clock.now().epochMilliseconds : instantMs(happenedAt)
    return ms === undefined ? undefined : dayOf({ epochMilliseconds: ms }, store.clock.zone)
  }
  const one = async ({ command, who }: PhoneAct): Promise<Taken> => {
    const event = command.id
    const state = boxed.get(event)
    if (state !== undefined) return { event, handedOver: state }
    const offline = store.registry.records.get(command.record)?.actions[command.action]?.offline === true
    const day = offline ? dayOfAct(command) : undefined
    const actor = day === undefined ? sender.actor : await actorOn(day)
    const done = await submit(store, store.as(actor), command, who)
    if (done.ok) return { event, ...done.value }
    if (!sender.unattended && !NOT_THEIRS.has(done.problem.code)) return { event, problem: done.problem }
    // A store that is ill will be well again: the phone keeps the act and tries later.
    if (done.problem.status >= 500) return { event, problem: done.problem }
    await box.keep({ ...command, ...(who ? { who } : {}) }, { account: sender.actor.id, device: sender.device, problem: done.problem })
    return { event, handedOver: 'waiting' }
  }
  // Permissions first, all at once; then the acts enter the queue of the writer in the order in which they were done.
  await Promise.all([...new Set(commands.map((command) => dayOfAct(command) ?? today(store.clock)))].map(actorOn))
  const answers: Taken[] = []
  for (const group of inRecordOrder(acts)) answers.push(...(await Promise.all(group.map(one))))
  const byEvent = new Map(answers.map((answer) => [answer.event, answer]))
  return commands.map((command) => byEvent.get(command.id) ?? { event: command.id, problem: problem('unavailable') })
}

/** Acts in waves: no two of one record in a wave, so that each meets what the one before it left. */
function inRecordOrder(acts: readonly PhoneAct[]): readonly (readonly PhoneAct[])[] {
  const waves: PhoneAct[][] = []
  const next = new Map<string, number>()
  for (const act of acts) {
    const { recordId } = act.command
    const wave = next.get(recordId) ?? 0
    next.set(recordId, wave + 1)
    const list = waves[wave]
    if (list) list.push(act)
    else waves.push([act])
  }
  return waves
}

/** One act through the one write path; a crossing together with whoever crossed. */
async function submit(
  store: Store,
  desk: Desk,
  command: Command,
  who: AtTheGate | undefined,
): Promise<Result<{ readonly confirmed: Receipt; readonly identified?: Identified }>> {
  if (who && command.record === 'crossing') {
    const done = await cross(store, desk, command, who)
    return done.ok ? ok({ confirmed: done.value.receipt, identified: done.value.identified }) : done
  }
  const done = await desk.submit(command)
  return done.ok ? ok({ confirmed: done.value }) : done
}
