import { type Act, derivedId, type Follow, type RecordState } from '@guatu/kernel'

/** The tasks of taking its paper back. What becomes known late of them is refused to nobody. */
export const PAPER = { paper: { record: 'need', by: 'pass', sees: [], onward: true } } as const

/** States of such a task that nobody has done. */
export const TO_DO: readonly string[] = ['open', 'taken']

/** What the task says of a pass with this number. */
export const paperOf = (number: string): string => `迁出封控范围，通行证${number}已失效：请收回旧证；现住地在封控范围内的，按当地决定发证。`

const [BEFORE = '', AFTER = ''] = paperOf('\n').split('\n')

/** The number that a task says; the empty one where its pass had none, undefined where it is no such task. */
export const numberOnPaper = (text: string): string | undefined =>
  text.startsWith(BEFORE) && text.endsWith(AFTER) ? text.slice(BEFORE.length, -AFTER.length) : undefined

/** The id of the task of a pass that an earlier version made, which does not say of which pass it is. */
export const paperOfBefore = (pass: string): string => derivedId(`pass-elsewhere/${pass}`)

/** Why nobody takes it back any more. */
export const PAPER_STAYS = { result: '通行证已恢复有效，不再收回' } as const

/** It holds again, because nobody had moved: nobody takes its paper back. */
export const paperStays = ({
  act,
  related,
}: {
  readonly act: Act
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}): readonly Follow[] =>
  act.input.void === true
    ? (related.paper ?? [])
        .filter(({ state }) => TO_DO.includes(state))
        .map(({ id }) => ({ record: 'need', recordId: id, action: 'lapse', input: PAPER_STAYS }))
    : []
