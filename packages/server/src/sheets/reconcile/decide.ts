import { lists } from '@guatu/domains'
import { type Actor, addDays, type Command, no, ok, type Problem, problem, type Result, scopeOf, today } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'
import type { Known, Pushed } from './classify.ts'
import { lookUp } from './known.ts'
import { digestOf, idOfLine, openPushed, pushedRows } from './list.ts'
import { type Compared, reconcile, unconfirmed } from './reconcile.ts'

/** One decision on many lines of a pushed list. */
export interface Deciding {
  readonly path: string
  readonly purpose: string
  /** The sheet that was compared, where it was chosen. */
  readonly sheet?: number | undefined
  readonly lines: readonly number[]
  readonly decision: lists.Decision
  /** Where those stand who are not in the register: a village or town. */
  readonly area?: string
  /** Measure and class of those who enter observation. */
  readonly kind?: string
  readonly class?: string
  readonly reason?: string
  readonly source?: string
  /** Day by which the village answers; by the parameter when left out. */
  readonly dueOn?: string
}

export interface LineAnswer {
  readonly line: number
  readonly done: boolean
  readonly problem?: Problem
}

/** Lines that are decided at a time. */
const GROUP = 1_000

/**
 * Decides on the chosen lines of a pushed list: each line is compared again and answered on its own. What the decision does (a person
 * registered, an observation entered, a name corrected) and the note of it are one transaction. Ids follow from the list and the line, so
 * that deciding again changes nothing; another decision takes the place of the one before.
 */
export async function decideLines(store: Store, actor: Actor, asked: Deciding): Promise<Result<readonly LineAnswer[]>> {
  const wanted = new Set(asked.lines)
  const compared = await reconcile(store, actor, { path: asked.path, purpose: asked.purpose, sheet: asked.sheet, lines: wanted })
  if (!compared.ok) return compared
  const { rows } = compared.value
  if (rows === undefined) return no(unconfirmed(compared.value))
  const opened = await openPushed(store, asked.path, { sheet: asked.sheet })
  if (!opened.ok) return opened
  const pushed = new Map((await pushedRows(opened.value)).filter((row) => wanted.has(row.line)).map((row) => [row.line, row]))
  const list = await digestOf(asked.path)
  const desk = store.as(actor)
  const day = today(store.clock)
  const dueOn = asked.dueOn ?? addDays(day, store.settings.at(day, '')<number>('monitoring.list.visit.days'))
  const passing = asked.decision === 'passOn' ? await lookUp(store, scopeOf(registers(store), actor), [...pushed.values()]) : undefined
  const answer = async (row: Compared): Promise<LineAnswer> => {
    const source = pushed.get(row.line)
    if (!source) return { line: row.line, done: false, problem: problem('not-found', { what: LINE }) }
    const decided = await decide(row, source)
    const to = decided.done ? passing?.get(row.line) : undefined
    const passed = to && !to.ours ? await passOn(store, actor, { asked: { ...asked, dueOn }, list, row, source }, to) : undefined
    return passed ? { line: row.line, done: false, problem: passed } : decided
  }
  const decide = async (row: Compared, source: Pushed): Promise<LineAnswer> => {
    if (row.decided?.decision === asked.decision && !undone(row)) return { line: row.line, done: true }
    const commands = commandsOf({ asked: { ...asked, dueOn }, list, row, source })
    if (!Array.isArray(commands)) return { line: row.line, done: false, problem: commands }
    // Where somebody of this register is observed is no business of whoever compares; that they are is said of the row.
    const done = await desk.submitTogether(
      commands,
      [row.person, row.watch].flatMap((one) => one ?? []),
    )
    return done.ok ? { line: row.line, done: true } : { line: row.line, done: false, problem: done.problem }
  }
  const answers: LineAnswer[] = []
  for (let start = 0; start < rows.length; start += GROUP)
    answers.push(...(await Promise.all(rows.slice(start, start + GROUP).map((row) => answer(row)))))
  return ok(answers)
}

/** Entered by this list before, taken back at the observation since, and not under observation otherwise. */
const undone = ({ decided, outcome }: Compared) => decided?.undone === true && outcome !== 'found'

const LINE = { zh: '这一行', en: 'such line' }

interface Case {
  readonly asked: Deciding & { readonly dueOn: string }
  readonly list: string
  readonly row: Compared
  readonly source: Pushed
}

const registers = (store: Store) => store.registry.records.get('person')?.reveal ?? {}

/**
 * Who stands in the register of another county is looked for there: a row of its own, where they are registered. Whoever passes it on is not told
 * where that is, and passing it on again changes nothing.
 */
async function passOn(
  store: Store,
  actor: Actor,
  { asked, list, row, source }: Case,
  { person, area }: Known,
): Promise<Problem | undefined> {
  const id = (what: string) => idOfLine(list, row.line, `${what}/${area}`)
  const { name, document, phone, address } = source
  const from = [asked.source, `${store.areas.tree.asOf(today(store.clock)).fullName(asked.area ?? row.area ?? '')}转来`].filter(Boolean)
  const given = { name, document, phone, address, dueOn: asked.dueOn, source: from.join('，').slice(0, 80), person }
  const recordId = id('passed/check')
  const recalled = await versionRecalled(store, recordId)
  const again = recalled === undefined ? { id: id('passed'), action: 'passedOn' } : { id: id(`passed/${recalled}`), action: 'passedAgain' }
  const done = await store.writer.submit(
    {
      ...again,
      record: 'listCheck',
      recordId,
      area,
      input: {
        ...(recalled === undefined ? { list, line: row.line } : {}),
        outcome: 'found',
        decision: 'passOn',
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      },
    },
    { ...actor, system: true },
  )
  return done.ok || REPEATED.includes(done.problem.code) ? undefined : done.problem
}

/** The version of what was passed on before and taken back since; what was answered or settled there stays so. */
async function versionRecalled(store: Store, check: string): Promise<number | undefined> {
  const [row] = await store.db.query<{ version: number }>(
    `select c.version from r_list_check c join events e on e.id = c.last_event where c.id = $1 and c.state = 'done' and e.action = 'recall'`,
    [check],
  )
  return row?.version
}

/** It was passed on before, perhaps on another day. */
const REPEATED: readonly string[] = ['id-reused', 'already-exists']

/** The acts that a decision on one line asks for, the note of it last; or why it cannot be decided so. */
function commandsOf(at: Case): Command[] | Problem {
  const { asked, row, source } = at
  if (!lists.ALLOWED[row.outcome].includes(asked.decision)) return notAllowed(row.outcome, asked.decision)
  if (row.area === undefined && asked.area === undefined)
    return problem('required', { field: { zh: '村（社区）', en: 'village' } }, { path: 'area' })
  // After an earlier decision the acts are new ones: an observation that was taken back is not entered by its old id.
  const turn = row.decided === undefined ? '' : `/${row.decided.version}`
  const id = (what: string) => idOfLine(at.list, row.line, what === 'person' ? what : `${what}${turn}`)
  const note = noteOf(at, id)
  const own = (action: string, input: Command['input']): Command => ({
    id: id(`person/${asked.decision}`),
    record: 'person',
    recordId: row.person ?? id('person'),
    action,
    ...(asked.area === undefined ? {} : { area: asked.area }),
    input,
  })
  if (asked.decision === 'enter') return [...(row.person === undefined ? [own('register', identityOf(source))] : []), enter(at, id), note]
  if (asked.decision === 'rename') {
    if (row.person === undefined || source.name === undefined) return nothingToTake(lists.DECISIONS.rename)
    return [own('update', { name: source.name }), note]
  }
  if (asked.decision !== 'refresh') return [note]
  const { phone, address } = source
  if (row.person === undefined || (phone === undefined && address === undefined)) return nothingToTake(lists.DECISIONS.refresh)
  return [own('update', { ...(phone === undefined ? {} : { phone }), ...(address === undefined ? {} : { address }) }), note]
}

const identityOf = ({ name, document, phone, address }: Pushed): Command['input'] => ({
  name,
  ...(document === undefined ? {} : { documentNumber: document }),
  ...(phone === undefined ? {} : { phone }),
  ...(address === undefined ? {} : { address }),
})

const enter = ({ asked, row, source }: Case, id: (what: string) => string): Command => ({
  id: id('enter'),
  record: 'watch',
  recordId: id('watch'),
  action: 'enter',
  area: row.area ?? asked.area ?? '',
  input: {
    person: row.person ?? id('person'),
    kind: asked.kind,
    entry: 'list',
    class: asked.class,
    // Whose period is over by the list is observed from today on.
    ...(source.arrivedOn === undefined || row.outcome === 'past' ? {} : { from: source.arrivedOn }),
  },
})

/** The note of a decision: new, or in the place of the one that stands. Whoever is to look is told for whom. */
function noteOf({ asked, list, row, source }: Case, id: (what: string) => string): Command {
  const area = row.area ?? asked.area ?? ''
  const visit = asked.decision === 'visit'
  const { decided } = row
  const given = Object.entries({
    reason: asked.reason,
    source: asked.source,
    person: row.person,
    watch: asked.decision === 'enter' ? id('watch') : row.watch,
    ...(visit ? { name: source.name, document: source.document, phone: source.phone, address: source.address, dueOn: asked.dueOn } : {}),
  }).filter(([, value]) => value !== undefined)
  const input = { outcome: row.outcome, decision: asked.decision, ...Object.fromEntries(given) }
  const base = { record: 'listCheck', area }
  if (decided)
    return {
      ...base,
      id: id(`check/${decided.check}/${asked.decision}/${decided.version}`),
      recordId: decided.check,
      action: visit ? 'askAgain' : 'settleAgain',
      input,
    }
  return {
    ...base,
    id: id(`check/${area}/${asked.decision}`),
    recordId: id(`check/${area}`),
    action: visit ? 'ask' : 'settle',
    input: { list, line: row.line, ...input },
  }
}

const notAllowed = (outcome: lists.Outcome, decision: lists.Decision): Problem =>
  problem('invalid', {
    field: { zh: '处理', en: 'decision' },
    why: {
      zh: `“${lists.OUTCOMES[outcome].zh}”不能按“${lists.DECISIONS[decision].zh}”处理，请改选。`,
      en: `“${lists.OUTCOMES[outcome].en}” cannot be settled as “${lists.DECISIONS[decision].en}”; choose another.`,
    },
  })

const nothingToTake = (decision: { readonly zh: string; readonly en: string }): Problem =>
  problem('invalid', {
    field: decision,
    why: {
      zh: '名单中没有可用的内容，或此人不在您管辖的名册中。',
      en: 'the list holds nothing to take over, or the person is not in your register.',
    },
  })
