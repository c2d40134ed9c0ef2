import { passes } from '@guatu/domains'
import { type Command, derivedId, ok, type Problem, type Result, SYSTEM, today } from '@guatu/kernel'
import { standingOn } from '../field/standing.ts'
import type { Store } from '../store/store.ts'
import { rowOf, text } from './register.ts'

const WRITTEN = ['closure', 'kind', 'household', 'person', 'plate', 'trade', 'validFrom', 'validTo'] as const
const LONGEST_REASON = 200

/** Whether an act of a phone issued a pass: its code is out in the world, whatever the register says to it. */
export const isIssue = ({ record, action }: Pick<Command, 'record' | 'action'>): boolean => record === 'pass' && action === 'issue'

/** Whether a pass was withheld before. Its issue is not judged anew then: its moment lies before, and what refused it may have ended since. */
export async function wasWithheld(store: Store, { recordId }: Pick<Command, 'recordId'>): Promise<boolean> {
  const found = await store.db.query(`select 1 from events where record = 'pass' and record_id = $1::uuid and action = 'withhold'`, [
    recordId,
  ])
  return found.length > 0
}

/**
 * A pass that a phone issued and that is not taken in stands among the stopped ones from now on, with what was written on it: every gate holds its
 * number, and the paper is taken back. A pass of the register that has this id stays as it is.
 * @param why the reason, as the register keeps it
 * @returns what became of its number: stopped, or the register's own; or why it could not be stopped
 */
export async function withhold(store: Store, issue: Command, why: string): Promise<Result<'withheld' | 'registered'>> {
  if (await wasWithheld(store, issue)) return ok('withheld')
  if (await rowOf(store, 'pass', issue.recordId)) return ok('registered')
  // It is withheld now, wherever it was given out.
  const area = issue.area === undefined ? {} : { area: standingOn(store.areas.index, issue.area, today(store.clock)) }
  const written = WRITTEN.flatMap((name) => (issue.input[name] === undefined ? [] : [[name, issue.input[name]] as const]))
  const done = await store.writer.submit(
    {
      ...issue,
      ...area,
      id: derivedId(`withhold/${issue.id}`),
      action: 'withhold',
      happenedAt: store.clock.now().toString({ smallestUnit: 'millisecond' }),
      input: { ...Object.fromEntries(written), stopReason: why.slice(0, LONGEST_REASON) },
    },
    SYSTEM,
  )
  return done.ok ? ok('withheld') : done
}

/** A refused issue, with what follows for the paper: said to whoever holds the phone. */
export async function withheldIssue(store: Store, issue: Command, refused: Problem): Promise<Problem> {
  const done = await withhold(store, issue, refused.message.zh)
  if (!done.ok || done.value === 'registered') return refused
  // Sent again, it is refused because it stands there already: the reason is the first one.
  const again = refused.code === 'already-exists' && refused.data?.id === issue.recordId
  const why = again ? text((await rowOf(store, 'pass', issue.recordId))?.fields.stopReason) : undefined
  const message = why === undefined ? refused.message : { zh: why, en: `It was not taken in (${why}).` }
  const number = passes.numberOf(issue.recordId)
  return {
    ...refused,
    ...(again ? { code: 'pass-withheld' } : {}),
    message: {
      zh: `${message.zh}此证（${number}）未受理，卡口不予放行：请向持证人收回证件。`,
      en: `${message.en} This pass (${number}) was not taken in and no gate lets it through: take the paper back from its holder.`,
    },
    data: { ...(again ? {} : refused.data), withheld: number },
  }
}
