import { verifyEd25519 } from '@guatu/client/ed25519'
import { type FieldWork, keyedHash, NoNetwork, problemIn, type Replica } from '@guatu/client/offline'
import { gates, passes } from '@guatu/domains'
import { type CarriedRow, fromBase64, type Label } from '@guatu/kernel'
import { find } from '../register/recognised.ts'

/** How long a gate waits for the server before it says what it knows by itself, milliseconds. */
const PATIENCE = 800
const WATCHED: readonly string[] = ['watching', 'absent']

export type Looked = gates.Checked | { readonly problem: Label }

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Longest way from a building to what it is part of: building, estate, what that belongs to. */
const LONGEST_WAY = 4

/** Where the household of a pass lives, as far as this phone carries it: a gate officer's has the area of the pass and no homes. */
const homeOf = (replica: Replica, pass: CarriedRow): passes.Home => homeAt(replica, pass.fields.household, pass.area)

/** Where a household lives; in an area that is said, where this phone does not carry it. */
export function homeAt(replica: Replica, household: unknown, area: string): passes.Home {
  const home = typeof household === 'string' ? replica.get('household', household) : undefined
  const places: string[] = []
  let next = home?.fields.place
  while (typeof next === 'string' && places.length < LONGEST_WAY) {
    places.push(next)
    next = replica.get('place', next)?.fields.within
  }
  const orders = replica
    .all('pass')
    .filter(({ fields }) => fields.household === household && fields.kind === 'household')
    .map(({ fields }) => passes.shortNumberOf(text(fields.closure)))
  const path = replica.area(home?.area ?? area)?.path ?? ''
  return { path, places, orders, ...(home ? { registered: true as const } : {}) }
}

function listed(replica: Replica, row: CarriedRow): gates.CarriedPass {
  const { number, kind, closure, household, validFrom, validTo } = row.fields
  return {
    id: row.id,
    number: text(number),
    kind: passes.KINDS.find((one) => one === kind) ?? 'household',
    order: passes.shortNumberOf(text(closure)),
    from: text(validFrom),
    to: text(validTo),
    state: row.state === 'suspended' ? 'suspended' : 'issued',
    ...(typeof household === 'string' ? { household, home: homeOf(replica, row) } : {}),
  }
}

/** The passes of the register that this phone carries, by their number, or by the short one that was printed before. */
export function passesBy(replica: Replica, number: string): readonly gates.CarriedPass[] {
  const short = passes.isShort(number)
  const isIt = ({ id, fields }: CarriedRow) => fields.number === number || (short && passes.shortNumberOf(id) === number)
  return replica
    .all('pass')
    .filter(isIt)
    .map((row) => listed(replica, row))
}

/** Whether a row is about somebody, be it under the id of an entry that was merged into theirs. */
const isFor = (replica: Replica, row: CarriedRow, person: CarriedRow): boolean =>
  replica.stays('person', text(row.fields.person))?.id === person.id

function passesFor(replica: Replica, person: CarriedRow): readonly gates.CarriedPass[] {
  const { household } = person.fields
  return (
    replica
      .all('pass')
      // A pass for work is its holder's, whichever household is written on it.
      .filter(
        (row) =>
          isFor(replica, row, person) || (household !== undefined && row.fields.household === household && row.fields.kind === 'household'),
      )
      .map((row) => listed(replica, row))
  )
}

/** Whoever this phone knows by a number that it does not hold. */
async function personOf(work: FieldWork, document: string): Promise<gates.CarriedPerson | undefined> {
  const { replica } = work
  await work.loaded
  const known = await find(replica, work.recognition, document)
  if (!known) return undefined
  const { row } = known
  const { household } = row.fields
  const watch = replica.all('watch').find(
    (one) =>
      WATCHED.includes(one.state) &&
      // Whoever monitors themselves goes out and comes home like everybody.
      one.fields.kind !== 'self' &&
      (isFor(replica, one, row) || (household !== undefined && one.fields.household === household && one.fields.kind === 'home')),
  )
  return {
    person: { id: row.id, name: known.name, area: row.area, household: typeof household === 'string' },
    passes: passesFor(replica, row),
    ...(watch ? { observed: typeof watch.fields.until === 'string' ? { until: watch.fields.until } : {} } : {}),
  }
}

/** Looks into what this phone carries; no network is asked. */
export async function lookHere(work: FieldWork, shown: string, direction: 'in' | 'out', exits: readonly gates.Exit[]): Promise<Looked> {
  const [book, key] = await Promise.all([work.kept<passes.GateBook>('gate-book'), work.kept<string>('gate-key')])
  const { replica } = work
  return gates.lookCarried(shown, direction, {
    book,
    hash: key === undefined ? undefined : (one) => keyedHash(fromBase64(key), one),
    verify: verifyEd25519,
    exits,
    now: replica.clock.now().toString({ smallestUnit: 'millisecond' }),
    passesOf: (number) => passesBy(replica, number),
    personOf: (document) => personOf(work, document),
  })
}

/** Asks the server, which knows every gate's exits and the whole city; undefined when it cannot be reached. */
async function lookThere(work: FieldWork, shown: string, direction: 'in' | 'out'): Promise<Looked | undefined> {
  const question = gates.questionOf(shown, direction)
  if (!question) return { problem: gates.UNREADABLE }
  try {
    const answer = await work.ask(question.path, question.body)
    const problem = problemIn(answer)
    if (!problem) return question.read(answer.body)
    if (problem.code === 'number-of-both') return { problem: gates.EITHER }
    return answer.status === 401 || answer.status >= 500 ? undefined : { problem: problem.message }
  } catch (error) {
    if (error instanceof NoNetwork) return undefined
    throw error
  }
}

/**
 * What is known of what was shown. The server is asked first and given a moment; a gate without a network, or with one that only seems
 * to be there, answers by itself within that moment, and is corrected when the server answers after all.
 */
export async function look(
  work: FieldWork,
  shown: string,
  direction: 'in' | 'out',
  exits: readonly gates.Exit[],
  corrected: (looked: Looked) => void,
): Promise<Looked> {
  const here = lookHere(work, shown, direction, exits)
  if (!work.status.online || !navigator.onLine) return here
  const there = lookThere(work, shown, direction)
  const moment = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))
  const first = await Promise.race([there, moment])
  if (first) return first
  void there.then((late) => {
    // Of what is found under two meanings this gate may know one: nobody is let through on that.
    if (late && (!('problem' in late) || late.problem === gates.EITHER)) corrected(late)
  })
  return here
}
