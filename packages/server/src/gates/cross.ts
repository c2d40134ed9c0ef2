import { gates } from '@guatu/domains'
import { type Command, no, ok, problem, type Result, scopeOf, today, within } from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import type { Receipt } from '../store/log/receipt.ts'
import type { Store } from '../store/store.ts'
import { PURPOSE, registered } from './look.ts'
import { definition, text } from './register.ts'

/** Who stood at the gate, as far as a document was shown; ids are made where it was entered, so that sending twice is once. */
export interface AtTheGate {
  readonly document: string
  readonly name?: string
  readonly phone?: string
  readonly plate?: string
  /** Id of the person and of the act that registers, should nobody be registered under this document. */
  readonly person: string
  readonly event: string
}

/** What became of somebody who was not known at the gate. */
export type Identified = 'linked' | 'created' | 'unplaced' | 'unnamed'

export interface Crossed {
  readonly receipt: Receipt
  readonly identified: Identified
}

/** Levels at which a person can be registered: where a home is. */
const HOME: readonly string[] = ['village', 'grid', 'building']

/**
 * Logs a crossing with whoever crossed, in one gesture: linked to the register where the document is known, wherever that is, and
 * registered at the destination where it is not. Somebody without a name or a destination is logged all the same.
 */
export async function cross(store: Store, desk: Desk, crossing: Command, who: AtTheGate): Promise<Result<Crossed>> {
  const shown = gates.readShown(who.document)
  if (shown?.kind !== 'document')
    return no(
      problem(
        'invalid',
        { field: { zh: '证件号码', en: 'document number' }, why: { zh: '请与证件核对。', en: 'compare it with the document.' } },
        { path: 'document' },
      ),
    )
  const known = await linkTo(store, desk, crossing, shown.document)
  if (known) return known
  const area = placeFor(store, desk, crossing)
  if (who.name === undefined || who.name.trim() === '') return logged(await desk.submit(crossing), 'unnamed')
  if (area === undefined) return logged(await desk.submit(crossing), 'unplaced')
  const register: Command = {
    id: who.event,
    record: 'person',
    recordId: who.person,
    action: 'register',
    area,
    input: {
      name: who.name.trim(),
      documentType: shown.type,
      documentNumber: shown.document,
      ...(who.phone === undefined ? {} : { phone: who.phone }),
      ...(who.plate === undefined ? {} : { plate: who.plate }),
    },
    ...(crossing.happenedAt === undefined ? {} : { happenedAt: crossing.happenedAt }),
  }
  const done = await desk.submitTogether([register, withPerson(crossing, who.person)])
  if (done.ok) {
    const receipt = done.value.at(-1)
    return receipt ? ok({ receipt, identified: 'created' }) : no(problem('not-found', { what: crossing.record }))
  }
  // Somebody registered the same document in the meantime.
  const taken = done.problem.code === 'already-exists' || done.problem.code === 'registered-elsewhere'
  return (taken ? await linkTo(store, desk, crossing, shown.document) : undefined) ?? done
}

const withPerson = (crossing: Command, person: string): Command => ({ ...crossing, input: { ...crossing.input, person } })

const logged = (done: Result<Receipt>, identified: Identified): Result<Crossed> =>
  done.ok ? ok({ receipt: done.value, identified }) : done

async function linkTo(store: Store, desk: Desk, crossing: Command, document: string): Promise<Result<Crossed> | undefined> {
  const [person] = await registered(store, document, 'documentNumber')
  if (!person) return undefined
  await store.noteLook({ actor: desk.actor.id, what: 'search', record: 'person', purpose: PURPOSE, rows: 1, recordId: person.id })
  return logged(await desk.submit(withPerson(crossing, person.id)), 'linked')
}

/** Where to register somebody: at the destination, else where the gate stands; only where this officer may. */
function placeFor(store: Store, desk: Desk, crossing: Command): string | undefined {
  const def = definition(store, 'person')
  const scope = scopeOf(def.actions.register?.by ?? {}, desk.actor)
  const { index } = store.areas
  return [text(crossing.input.destination), crossing.area ?? ''].find((area) => {
    const path = area === '' ? undefined : index.currentPath(area)
    return path !== undefined && HOME.includes(index.level(area, today(store.clock)) ?? '') && within(scope, { path, units: [] })
  })
}
