import type { Command, Problem } from '@guatu/kernel'
import { isIssue } from '../gates/withheld.ts'
import { withoutStrangeFiles } from '../store/desk/sent-files.ts'
import type { Store } from '../store/store.ts'
import { type BoxedAct, outsideOf } from './boxed.ts'
import { unreadable } from './undecidable.ts'

/** What a clerk gets to see before deciding: the act as it was written, without what names a person. */
export interface BoxedContent {
  readonly command: Command
  /** Fields whose files never came from the phone: taken over, the act stands without them. */
  readonly without: readonly string[]
  /** Why nobody can read it, where that is so: it shows nothing then of what was written. */
  readonly unreadable?: Problem
}

/** An act with its personal data masked like any other, as it can be taken over: without whoever stood at a gate, and without files that never came. */
export async function contentOf(
  store: Store,
  boxed: BoxedAct | undefined,
  row: Parameters<typeof outsideOf>[0] & { readonly account: string },
): Promise<BoxedContent> {
  if (!boxed) return { command: outsideOf(row), without: [], unreadable: unreadable(isIssue(row)) }
  const { who: _, ...act } = boxed
  const def = store.registry.records.get(act.record)
  const { command, without } = def ? await withoutStrangeFiles(store, def, act, row.account) : { command: act, without: [] }
  const fields = { ...def?.fields, ...def?.actions[act.action]?.with }
  const input = Object.entries(command.input).map(([name, value]) => {
    const field = fields[name]
    return [name, field?.sensitive && value !== null ? field.mask(value) : value] as const
  })
  return { command: { ...command, input: Object.fromEntries(input) }, without }
}
