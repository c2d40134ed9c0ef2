import { type Actor, type Command, no, ok, type Problem, problem, type Result, refuse, stampOf } from '@guatu/kernel'
import type { Accounts } from '../accounts/accounts.ts'
import { type AtTheGate, type Identified, recognised, shownBy } from '../gates/cross.ts'
import { entered, withDrivers } from '../gates/lines.ts'
import { isIssue, wasWithheld, withheldIssue } from '../gates/withheld.ts'
import type { Desk } from '../store/desk/desk.ts'
import type { Receipt } from '../store/log/receipt.ts'
import type { Store } from '../store/store.ts'
import { aboutKnown, arrivedAmong, isRegistering, knownAtTheDoor, refusedElsewhere } from './at-the-door.ts'
import type { From, HandOverBox } from './hand-over-box.ts'
import { FIELD_PARAMETERS, fieldRule } from './parameters.ts'
import { dayOfAct } from './placing.ts'
import { meantNow } from './standing.ts'
import { otherName } from './two-sides.ts'

/** What became of one act of a phone. */
export type Taken =
  | { readonly event: string; readonly confirmed: Receipt; readonly identified?: Identified }
  | { readonly event: string; readonly handedOver: 'waiting' | 'taken' | 'dropped' }
  | { readonly event: string; readonly problem: Problem }

/** An act of a phone, and beside a crossing whoever stood at the gate. */
export interface PhoneAct {
  readonly command: Command
  readonly who?: AtTheGate
  /** Whom it may name because they were met, see {@link knownAtTheDoor}. */
  readonly shown?: readonly string[]
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
 * the grant did not end too long ago; what a worker may no longer do goes to the hand-over box with what builds on it, and is never dropped. What
 * names an area that a reform had ended is about what has taken its place; where nobody can say which that is, the clerk does.
 */
export async function takeIn(at: TakingIn, sender: Sender, sent: readonly PhoneAct[]): Promise<readonly Taken[]> {
  const { store, accounts, box } = at
  const meant = await meantNow(
    store,
    sent.map(({ command }) => command),
  )
  const delivered = sent.map((act, i) => ({ ...act, command: meant[i]?.command ?? act.command }))
  const commands = delivered.map(({ command }) => command)
  const divided = new Map(meant.flatMap(({ command, divided: why }) => (why ? [[command.id, why] as const] : [])))
  // Permissions first, all at once, for what follows knows no waiting between two acts.
  const days = [...new Set(commands.map((command) => dayOfAct(store, command)))]
  const late = fieldRule(store, FIELD_PARAMETERS.lateDays)
  const actors = new Map(await Promise.all(days.map(async (day) => [day, await accounts.actorOn(sender.actor, day, late)] as const)))
  const actorOf = (command: Command): Actor => {
    const offline = store.registry.records.get(command.record)?.actions[command.action]?.offline === true
    return (offline ? actors.get(dayOfAct(store, command)) : undefined) ?? sender.actor
  }
  // Where the acts on a record say that it is, for those that do not.
  const areas = new Map<string, string>()
  for (const { recordId, area } of commands) if (area !== undefined && !areas.has(recordId)) areas.set(recordId, area)
  const place = new Map(commands.map(({ id }, i) => [id, i]))
  const from = ({ id, recordId }: Command): Omit<From, 'problem'> => {
    const area = areas.get(recordId)
    const moment = stampOf({ epochMilliseconds: store.clock.now().epochMilliseconds + (place.get(id) ?? 0) })
    return { account: sender.actor.id, device: sender.device, at: moment, ...(area === undefined ? {} : { area }) }
  }
  const arrived = arrivedAmong(commands)
  const known = await knownAtTheDoor(at, sender.actor, commands, from)
  const acts = delivered.map((act): PhoneAct => ({ ...act, ...aboutKnown(act.command, known) }))
  // Of whom nothing was said but who they are: refused again, for they are still to be declared.
  const asked = commands.filter((one) => !isRegistering(one) || arrived.has(one.recordId) || !known.has(one.recordId))
  const boxed = await box.statesOf(asked.map((command) => command.id))
  const answer = async ({ command, who }: PhoneAct, done: Result<Entered>): Promise<Taken> => {
    const event = command.id
    if (done.ok) return { event, ...done.value }
    // A store that is ill will be well again: the phone keeps the act and tries later.
    if (done.problem.status >= 500) return { event, problem: done.problem }
    const unclear = divided.get(event)
    const theirs = done.problem.code === 'registered-elsewhere' && arrived.has(command.recordId)
    const goes =
      sender.unattended || unclear || theirs || NOT_THEIRS.has(done.problem.code) || (await box.isUnder(command, sender.actor.id))
    if (!goes) {
      const refused = await refusedElsewhere(at, sender.actor, command, from(command), done.problem)
      return { event, problem: isIssue(command) ? await withheldIssue(store, command, refused) : refused }
    }
    const refused = theirs ? otherName(done.problem) : done.problem
    const why = unclear ?? (sender.unattended ? withoutItsFile(refused) : refused)
    await box.keep({ ...command, ...(who ? { who } : {}) }, { ...from(command), problem: why })
    return { event, handedOver: 'waiting' }
  }
  const answers = new Map<string, Taken>()
  for (const [event, handedOver] of boxed) answers.set(event, { event, handedOver })
  for (const wave of inOrder(acts.filter(({ command }) => !boxed.has(command.id)))) {
    const ready = await Promise.all(wave.map((act) => prepared(store, act, store.as(actorOf(act.command)))))
    // The writer decides in the order in which acts enter its queue: all of a wave enter it in one go.
    const done = await Promise.all(ready.map((submit) => submit()))
    // One after the other: what builds on an act that is kept is kept with it.
    for (const [i, act] of wave.entries()) answers.set(act.command.id, await answer(act, done[i] ?? no(problem('unavailable'))))
  }
  return commands.map(({ id }) => answers.get(id) ?? { event: id, problem: problem('unavailable') })
}

/** Nobody can send the file again from a phone at which nobody sits: its files came before the act, or never. */
function withoutItsFile(refused: Problem): Problem {
  if (refused.code !== 'file-not-sent' && refused.code !== 'file-not-kept') return refused
  return refuse('file-did-not-come', {
    zh: '附件没有随记录到达：手机上的文件过大、是空的或类型不被接受。接收后记录不带该附件入账，请向原工作人员补要。',
    en: 'Its file did not come along: on the phone it is too large, empty or of a type that is not taken. Taken over, the entry stands without it; ask the worker for the paper.',
  })
}

/**
 * Acts in their order, in waves that are looked up together: whoever crosses is looked up after what may have registered them, and what is done
 * to a line after the line was logged.
 */
function inOrder(acts: readonly PhoneAct[]): readonly (readonly PhoneAct[])[] {
  const waves: PhoneAct[][] = []
  let looked = new Set<string>()
  let registers = false
  for (const act of acts) {
    const { record, recordId } = act.command
    const who = crossingWith(act)
    const shown = who && shownBy(who)
    const wave = waves.at(-1)
    if (!wave || looked.has(recordId) || (shown !== undefined && (registers || looked.has(shown)))) {
      waves.push([act])
      looked = new Set()
      registers = false
    } else wave.push(act)
    if (record === 'crossing') looked.add(recordId)
    if (shown !== undefined) looked.add(shown)
    if (record === 'person') registers = true
  }
  return waves
}

const crossingWith = ({ command, who }: PhoneAct): AtTheGate | undefined => (command.record === 'crossing' ? who : undefined)

interface Entered {
  readonly confirmed: Receipt
  readonly identified?: Identified
}

/** One act, ready to go through the one write path as soon as it is told to; a crossing together with whoever crossed. */
async function prepared(store: Store, act: PhoneAct, desk: Desk): Promise<() => Promise<Result<Entered>>> {
  const { command } = act
  if (isIssue(command) && (await wasWithheld(store, command))) {
    const again = problem(
      'already-exists',
      { what: store.registry.records.get(command.record)?.label ?? command.record },
      { data: { id: command.recordId } },
    )
    return async () => no(again)
  }
  const who = crossingWith(act)
  if (!who) {
    const lines = await withDrivers(store, desk.actor, [command])
    return async () => {
      const done = await entered(store, lines, ([line = { command }]) =>
        desk.submit(line.command, [...(line.shown ?? []), ...(act.shown ?? [])]),
      )
      return done.ok ? ok({ confirmed: done.value }) : done
    }
  }
  const log = await recognised(store, desk, command, who)
  return async () => {
    const done = await log()
    return done.ok ? ok({ confirmed: done.value.receipt, identified: done.value.identified }) : done
  }
}
