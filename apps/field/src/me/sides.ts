import { w } from '@guatu/client/language'
import type { Kept } from '@guatu/client/offline'
import { type AnyRecord, type Label, notVouched, type Problem, type RecordState } from '@guatu/kernel'

type Refused = Pick<Kept, 'act' | 'problem' | 'seen'>
/** The record as it stands with the server. */
export type Theirs = Pick<RecordState, 'state' | 'fields' | 'changedAt'>

/** What somebody vouches for is looked at again and done anew, as it stands by now: nobody insists on what they have not seen. */
const UNSEEN: ReadonlySet<string> = new Set(['seen-otherwise', 'not-looked-at'])

/** What stands against an act, before the server's side is known. */
export interface Against {
  /** Who was registered, observed or given a pass already stands under this other number: that one is the other side, and it stays. */
  readonly twin?: string
  /** A pass of this number stands among the stopped ones and is not sent again: the paper is taken back, and another one issued. */
  readonly withheld?: string
  /** There is no other side: in the system it stands as it was sent, only as withheld, unless another pass holds; or it stands where it is not read. */
  readonly alone: boolean
}

/** Was this the entry of somebody whom the register knows, where nobody of here may look? */
export const isElsewhere = ({ act, problem }: Refused): boolean =>
  act.record === 'person' && act.action === 'register' && problem?.code === 'registered-elsewhere'

/** Is whoever was entered the one whom the register knows there, by name and number? */
export const mayArrive = (refused: Refused): boolean => isElsewhere(refused) && refused.problem?.data?.otherwise !== true

export function against(refused: Refused): Against {
  const { act, problem } = refused
  const { id, record = act.record, withheld } = problem?.data ?? {}
  const twin = typeof id === 'string' && record === act.record ? id : undefined
  return {
    ...(twin === undefined ? {} : { twin }),
    ...(withheld === undefined ? {} : { withheld: String(withheld) }),
    alone: (withheld !== undefined && twin === undefined) || isElsewhere(refused),
  }
}

/** What an act vouched for stands otherwise by now, whatever it was refused for; nothing where it is not to be done any more. */
function unseenIn(def: AnyRecord | undefined, act: Refused['act'], theirs: Theirs | undefined): Problem | undefined {
  const action = def?.actions[act.action]
  const open = action && action.from !== 'new' && action.from.includes(theirs?.state ?? '')
  return def && open && theirs && act.saw ? notVouched(def, action, { saw: act.saw }, theirs) : undefined
}

/** What of the answers that the act gives, or leaves as they are, stands otherwise by now than the person saw it when it was done. */
function writtenSince(def: AnyRecord | undefined, { act, seen }: Refused, theirs: Theirs | undefined): readonly string[] {
  const { needs = [], takes = [] } = def?.actions[act.action] ?? {}
  if (!seen || !theirs) return []
  return [...needs, ...takes].filter((name) => JSON.stringify(seen[name] ?? null) !== JSON.stringify(theirs.fields[name] ?? null))
}

/** Both sides of a conflict as its card shows them, and the ways on. */
export interface Sides {
  readonly why: Problem | undefined
  /** Fields that are compared, in order. */
  readonly names: readonly string[]
  /** Fields that are shown as the system has them: those, and what others wrote since, which stays whoever is held to. */
  readonly standing: readonly string[]
  /** What this phone says of them: what was entered, or what was seen where somebody vouched for it. */
  readonly mine: Readonly<Record<string, unknown>>
  /** What the way back is called. */
  readonly drop: Label
  /** May the person hold to theirs? */
  readonly insists: boolean
}

export function sidesOf(def: AnyRecord | undefined, refused: Refused, theirs: Theirs | undefined): Sides {
  const { act, problem } = refused
  const { twin, withheld } = against(refused)
  const unseen = unseenIn(def, act, theirs) ?? (UNSEEN.has(problem?.code ?? '') ? problem : undefined)
  const otherwise = unseen && ((unseen.data?.fields as readonly string[] | undefined) ?? def?.actions[act.action]?.vouches?.of ?? [])
  const names = otherwise ?? Object.keys(act.input).filter((name) => act.input[name] !== null)
  return {
    why: unseen ?? problem,
    names,
    standing: otherwise || twin ? names : [...new Set([...names, ...writtenSince(def, refused, theirs)])],
    mine: otherwise ? (act.saw ?? {}) : act.input,
    drop:
      withheld !== undefined
        ? w('知道了，去收回', 'Understood, I take it back')
        : otherwise
          ? w('知道了，重新核对', 'Understood, I look again')
          : isElsewhere(refused)
            ? w('知道了，不登记', 'Understood, not registered')
            : w('以系统为准', 'Keep theirs'),
    insists: twin === undefined && withheld === undefined && !otherwise && !isElsewhere(refused),
  }
}
