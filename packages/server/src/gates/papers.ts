import { passes } from '@guatu/domains'
import { type Command, derivedId, EVERYTHING, SYSTEM } from '@guatu/kernel'
import { type Listed, recordsOf } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { definition, is, rowsOf, text } from './register.ts'
import { passesByNumbers } from './verify.ts'

/** States of a pass that holds. */
const HOLDS = ['issued', 'suspended']

/**
 * Tasks of taking a paper back that an earlier version made do not say of which pass: they never ended with it. Answers how many are told, once after a
 * start: from then on they end like the others; those whose pass holds again by now end at once.
 */
export function papersOfBefore(store: Store): () => Promise<number> {
  let asked = false
  return async () => {
    if (asked) return 0
    const told = await tell(store)
    asked = true
    return told
  }
}

async function tell(store: Store): Promise<number> {
  const rows = await store.db.read<{ id: string }>(`select id from r_need where pass is null and kind = 'other' and state = any($1)`, [
    passes.TO_DO,
  ])
  const ids = rows.map(({ id }) => id)
  const tasks = (await recordsOf(store.db, definition(store, 'need'), EVERYTHING, ids)).flatMap((task) => {
    const number = passes.numberOnPaper(text(task.fields.text))
    return number === undefined ? [] : [{ task, number }]
  })
  const numbered = await passesByNumbers(
    store,
    tasks.flatMap(({ number }) => passes.readNumber(number) ?? []),
  )
  let told = 0
  for (const { task, number } of tasks) {
    const { household } = task.fields
    const ofHome = async () => (typeof household === 'string' ? rowsOf(store, 'pass', is('household', household)) : [])
    const known = numbered.get(number) ?? (await ofHome())
    const pass = known.find(({ id }) => passes.paperOfBefore(id) === task.id)
    if (pass) told += await say(store, task, pass)
  }
  return told
}

async function say(store: Store, { id: recordId, area }: Listed, pass: Listed): Promise<number> {
  const act = (action: string, input: Command['input']) =>
    store.writer.submit({ id: derivedId(`paper of before/${recordId}/${action}`), record: 'need', recordId, action, area, input }, SYSTEM)
  const said = await act('ofPass', { pass: pass.id })
  if (said.ok && HOLDS.includes(pass.state)) await act('lapse', passes.PAPER_STAYS)
  return said.ok ? 1 : 0
}
