import { type Act, CORRECT, type Follow, type Problem, type RecordState, refuse } from '@guatu/kernel'

/** Who lives in a household, and the passes that it holds. */
export const ENDING = {
  members: { record: 'person', by: 'household', sees: [] },
  passes: { record: 'pass', by: 'household', sees: ['kind'], onward: true },
} as const

interface Ending {
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** A household in which registered people live is no empty one: each of them lives somewhere. */
export function dissolvable({ related }: Ending): Problem | undefined {
  const living = (related.members ?? []).filter(({ state }) => state === 'registered').length
  return living > 0
    ? refuse(
        'household-lived-in',
        {
          zh: `该户还有${living}名在册人员，不能注销；请先逐人“迁入另一户”，重复登记的先并入同一人。`,
          en: `${living} registered people live in this household: move each of them to another household first, or merge those who were entered twice.`,
        },
        { status: 409, data: { members: living } },
      )
    : undefined
}

/** The home was not empty after all: what ended with it holds again, as long as it was to hold. */
export const passesAgain = ({ act, related }: Ending & { readonly act: Pick<Act, 'recordId' | 'input'> }): readonly Follow[] =>
  act.input.undone === true
    ? (related.passes ?? [])
        .filter(({ state }) => state === 'revoked')
        .map(({ id }) => ({
          record: 'pass',
          recordId: id,
          action: CORRECT,
          input: {
            act: { action: 'revoke', followed: { record: 'household', id: act.recordId } },
            reason: '合并登记已撤销',
            void: true,
          },
        }))
    : []

/** The passes of a household end with it. One for work is its holder's. */
export const passesEnd = ({ related }: Ending): readonly Follow[] =>
  (related.passes ?? [])
    .filter(({ state, fields }) => fields.kind === 'household' && (state === 'issued' || state === 'suspended'))
    .map(({ id }) => ({ record: 'pass', recordId: id, action: 'revoke', input: { stopReason: '该户已注销' } }))
