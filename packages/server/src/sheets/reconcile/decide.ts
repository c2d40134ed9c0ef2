import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Actor, type Command, ok, type Problem, problem, type Result } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'
import { isNationalIdDocument, type Pushed } from './classify.ts'
import { type Compared, idOfLine, openPushed, pushedRows, reconcile } from './reconcile.ts'

export interface Decision {
  readonly path: string
  readonly purpose: string
  readonly lines: readonly number[]
  /** Village or town where those who are not in the register are entered. */
  readonly area: string
  readonly kind: string
  readonly class: string
}

export interface Decided {
  readonly line: number
  readonly done: boolean
  readonly problem?: Problem
}

/**
 * Enters missed people of a pushed list into observation, the chosen lines only: who is not in the register yet is registered in the same
 * transaction. Ids follow from the file and the line, so deciding again changes nothing. Each line gets its own answer.
 */
export async function enterMissed(store: Store, actor: Actor, decision: Decision): Promise<Result<readonly Decided[]>> {
  const compared = await reconcile(store, actor, { path: decision.path, purpose: decision.purpose })
  if (!compared.ok) return compared
  const opened = await openPushed(store, decision.path, undefined)
  if (!opened.ok) return opened
  const { sheet, layout, meanings } = opened.value
  const wanted = new Set(decision.lines)
  const pushed = new Map((await pushedRows(sheet, layout, meanings)).filter((row) => wanted.has(row.line)).map((row) => [row.line, row]))
  const hash = createHash('sha256')
  await pipeline(createReadStream(decision.path), hash)
  const digest = hash.digest('hex')
  const desk = store.as(actor)
  const chosen = (compared.value.rows ?? []).filter((row) => wanted.has(row.line))
  return ok(
    await Promise.all(
      chosen.map(async (row): Promise<Decided> => {
        const source = pushed.get(row.line)
        // What was entered by this very decision before is found now; it stays done.
        if (row.outcome === 'found') return { line: row.line, done: true }
        if (row.outcome !== 'missed' || !source) return { line: row.line, done: false, problem: NOT_MISSED }
        const done = await desk.submitTogether(commands(decision, digest, row, source))
        return done.ok ? { line: row.line, done: true } : { line: row.line, done: false, problem: done.problem }
      }),
    ),
  )
}

const NOT_MISSED: Problem = problem('invalid', {
  field: { zh: '处理', en: 'decision' },
  why: { zh: '只有“漏排”的人员可以纳入观察。', en: 'only missed people can be entered.' },
})

function commands(decision: Decision, digest: string, row: Compared, source: Pushed): readonly Command[] {
  const id = (what: string) => idOfLine(digest, row.line, what)
  const person = row.person ?? id('person')
  const register: Command = {
    id: id('register'),
    record: 'person',
    recordId: person,
    action: 'register',
    area: decision.area,
    input: {
      name: source.name,
      documentType: source.document !== undefined && isNationalIdDocument(source.document) ? 'nationalId' : 'other',
      documentNumber: source.document,
      ...(source.phone === undefined ? {} : { phone: source.phone }),
      ...(source.address === undefined ? {} : { address: source.address }),
    },
  }
  const enter: Command = {
    id: id('enter'),
    record: 'watch',
    recordId: id('watch'),
    action: 'enter',
    area: row.area ?? decision.area,
    input: {
      person,
      kind: decision.kind,
      entry: 'list',
      class: decision.class,
      ...(source.arrivedOn === undefined ? {} : { from: source.arrivedOn }),
    },
  }
  return row.person === undefined ? [register, enter] : [enter]
}
