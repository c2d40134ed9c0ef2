import { type Act, type Action, CORRECT, type Follow, f, type Label, refuse } from '@guatu/kernel'
import { goesOn, holdsAnyway, WITHDRAWN } from './adapted.ts'
import { type fields, OBSERVED, ROOM, type WatchSituation, type WatchState } from './fields.ts'
import { backInRoom, LODGE_AGAIN } from './lodged-again.ts'
import { left } from './reading.ts'
import { TASKS_OF, tasksAgain, tasksEnd } from './tasks-end.ts'

/**
 * A declaration that was corrected or void ended the observation of somebody who was on the way to the clinic, which became known only since: it does
 * not end it, unless something has been done since that rests on the end. A room that was given to somebody else meanwhile stays theirs.
 */
export const observedAllTheSame = ({ act: { recordId } }: { readonly act: Act }): readonly Follow[] => [
  {
    record: 'watch',
    recordId,
    action: CORRECT,
    yields: ROOM,
    input: { act: { action: 'unask', since: true, until: 'clear' }, reason: '更正前已有发热或症状，转诊尚未了结', void: true },
  },
]

/** The declaration says of it what it would have said. */
function declaredBeside({ after, related }: WatchSituation): readonly Follow[] {
  const [asked] = related.asked ?? []
  const why = holdsAnyway(after)
  if (!asked || !why || (asked.state !== 'void' && asked.fields.measure !== 'none')) return []
  const said = asked.state === 'void' ? WITHDRAWN : (asked.fields.reason as Label)
  return [{ record: 'arrival', recordId: asked.id, action: 'goesOn', input: { reason: goesOn(said, why) } }]
}

export const unask = {
  label: { zh: '申报更正，不再观察', en: 'Asked for no more: the declaration was corrected' },
  // Of somebody whom the clinic clears: it was asked for no more while they were there.
  from: [...OBSERVED, 'transferred', 'void'],
  to: 'void',
  by: {},
  automatic: true,
  with: { at: f.moment({ label: { zh: '更正时间', en: 'Corrected at' } }) },
  // What was known late and would end here what a later declaration asks for goes to a person.
  guard: ({ before, act }) =>
    (before?.askedAt ?? '') > String(act.input.at)
      ? refuse(
          'out-of-order',
          {
            zh: '此后又有申报要求观察，较早的这次更正未采纳；请打开申报核对，仍需更正的请重新“更正申报”。',
            en: 'A later declaration asks for the observation, so this earlier correction was not taken. Open the declaration and correct it again if it is still wrong.',
          },
          { status: 409 },
        )
      : undefined,
  related: { ...TASKS_OF, ...LODGE_AGAIN, asked: { record: 'arrival', at: 'arrival', sees: ['measure', 'reason'], onward: true } },
  effect: (row, act) => ({ ...left(row, act), why: 'corrected' }),
  follows: tasksEnd,
  amends: (at) => (at.act.input.void === true ? [...tasksAgain(at), ...backInRoom(at), ...declaredBeside(at)] : []),
} as const satisfies Action<typeof fields, WatchState>
