import { type AnyRecord, type Label, type Problem, problem } from '@guatu/kernel'

/** Why nothing of the past of a record is changed any more in a state; undefined where it may be. */
export function sealedIn(def: AnyRecord, state: string, action: Label): Problem | undefined {
  if (!def.sealed?.includes(state)) return undefined
  const instead = {
    zh: '这个状态下的记录已定稿；有误请另行登记说明。',
    en: 'In this state it is final; record what is wrong with it anew.',
  }
  return problem('wrong-state', { state: def.states[state] ?? state, action, instead }, { data: { state } })
}
