import { type AnyRecord, type Expression, type Label, type RecordState, SYSTEM } from '@guatu/kernel'
import type { SelfLink, SelfLinks } from '../../field/links.ts'
import { FIELD_PARAMETERS, fieldRule } from '../../field/parameters.ts'
import { entriesOf, stays } from '../../store/query/stays.ts'
import type { Store } from '../../store/store.ts'
import { subjectOf } from './questions.ts'

/** What somebody may go on with; more is not open at a time. */
const MOST_OPEN = 20

/** Somebody a link speaks for, and the record they live in. */
export interface Subject {
  readonly person: string
  /** How the pages refer to them; in a household also to an entry that was merged into theirs. */
  readonly who: readonly [string, ...string[]]
  readonly household?: string
  /** Where they live now, wherever the link was given out: who lives elsewhere since belongs to that place. */
  readonly area: string
  /** Masked: enough to know oneself by, and in a household to know one from another. */
  readonly name: Label
}

/** Those a link speaks for; in a household, its registered members in a fixed order. */
export async function subjectsOf(store: Store, links: SelfLinks, link: SelfLink): Promise<readonly Subject[]> {
  const where: Expression = {
    op: 'every',
    of: [
      { op: 'is', field: 'household', value: link.household ?? '' },
      { op: 'is', field: 'state', value: 'registered' },
    ],
  }
  const rows = link.person === null ? await carried(store, { where }, mostOf(store)) : await survivorOf(store, link.person)
  const people = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const def = store.registry.records.get('person')
  const entries =
    def &&
    (await entriesOf(
      store.db,
      def,
      people.map(({ id }) => id),
    ))
  const { name, sex } = store.registry.records.get('person')?.fields ?? {}
  const masked = ({ fields }: RecordState) => (name && fields.name !== undefined ? String(name.mask(fields.name)) : '')
  const named = Map.groupBy(people, masked)
  return people.map((row) => {
    const alike = (named.get(masked(row))?.length ?? 0) > 1
    const { birthYear, household } = row.fields
    const known = alike ? [sex?.options?.[String(row.fields.sex)], typeof birthYear === 'number' ? born(birthYear) : undefined] : []
    const merged = entries?.get(row.id)?.filter((entry) => entry !== row.id) ?? []
    return {
      person: row.id,
      who: [links.whoOf(link, row.id), ...merged.map((entry) => links.whoOf(link, entry))],
      area: row.area,
      name: described(masked(row), known),
      ...(typeof household === 'string' ? { household } : {}),
    }
  })
}

/** So many people of one household a link speaks for. */
export const mostOf = (store: Store): number => fieldRule(store, FIELD_PARAMETERS.linkPeople)

async function carried(
  store: Store,
  which: { where: Expression } | { ids: readonly string[] },
  limit = 1,
): Promise<readonly RecordState[]> {
  const rows = await store.as(SYSTEM).carried('person', { ...which, limit })
  return rows.ok ? rows.value : []
}

/** The person of a link, or whom their entry was merged into; nobody once the identity was erased. */
async function survivorOf(store: Store, person: string): Promise<readonly RecordState[]> {
  const def = store.registry.records.get('person')
  const get = async (id: string) => (await carried(store, { ids: [id] }))[0]
  const found = await get(person)
  const last = def && found && (await stays(def, found, get))
  return last?.state === 'registered' ? [last] : []
}

const born = (year: number): Label => ({ zh: `${year}年生`, en: `born ${year}` })

/** A masked name with what else tells people of one name apart; nothing more of whoever has it alone. */
function described(name: string, known: readonly (Label | undefined)[]): Label {
  const said = known.filter((one) => one !== undefined)
  if (said.length === 0) return { zh: name, en: name }
  return { zh: `${name}（${said.map(({ zh }) => zh).join('，')}）`, en: `${name} (${said.map(({ en }) => en).join(', ')})` }
}

/** Something that a person may declare or go on with. */
export interface Offer {
  readonly def: AnyRecord
  readonly action: string
  readonly label: Label
  readonly row?: RecordState
}

/** What a person may do now: begin something, or go on with what is theirs and not yet confirmed. */
export async function offersOf(store: Store, person: string): Promise<readonly Offer[]> {
  const offers: Offer[] = []
  const people = store.registry.records.get('person')
  const entries = people ? [...(await entriesOf(store.db, people, [person])).values()].flat() : [person]
  for (const def of store.registry.records.values()) {
    const self = Object.entries(def.actions).filter(([, action]) => action.self)
    const subject = subjectOf(def)
    if (self.length === 0 || subject === undefined) continue
    // What was confirmed long ago does not stand before what is open.
    const open = self.flatMap(([, action]) => (action.from === 'new' ? [] : action.from))
    const where: Expression = {
      op: 'every',
      of: [
        { op: 'in', field: subject, values: entries },
        { op: 'in', field: 'state', values: open },
      ],
    }
    const found = await store.as(SYSTEM).carried(def.name, { where, limit: MOST_OPEN })
    const rows = found.ok ? found.value : []
    for (const [name, action] of self) {
      if (action.from === 'new') offers.push({ def, action: name, label: action.label })
      else
        for (const row of rows.filter((one) => action.from.includes(one.state)))
          offers.push({ def, action: name, label: action.label, row })
    }
  }
  return offers
}
