import { type AnyRecord, actorLabel, calledBy, type Field, type Lang, type NamedBy, type Surroundings, UNSEEN } from '@guatu/kernel'
import { type Colleague, colleaguesNamed } from '../accounts/colleagues.ts'
import type { Desk } from '../store/desk/desk.ts'
import type { Store } from '../store/store.ts'

/** Names asked for in one question. */
const MOST_ASKED = 500
/** Names that are kept from page to page; beyond, they are asked for anew. */
const MOST_KEPT = 20_000
/** How often a record may take its name from another one in turn. */
const LONGEST_CHAIN = 4

export interface Reader {
  readonly store: Store
  readonly desk: Desk
  readonly lang: Lang
  readonly at: Surroundings
  /** Why names are shown in clear where this reader may see them so; masked without. */
  readonly purpose?: string
}

/** What a reference of this kind points to: a record by its name, an account, or nothing that has a name behind it. */
export function pointsTo(field: Field): string | undefined {
  if (field.kind === 'person') return 'person'
  if (field.kind === 'record') return field.of
  return field.kind === 'account' || field.kind === 'actor' ? 'account' : undefined
}

/**
 * The names behind references as a list shows them to one reader: asked for together, for as many rows as are given at once. Outside of the reader's
 * jurisdiction and of what they may read at all stand the words that stand there in the list.
 */
export class NamesBehind {
  readonly #reader: Reader
  readonly #names = new Map<string, string>()
  readonly #accounts = new Map<string, Colleague | undefined>()
  readonly #hidden = new Set<string>()
  /** How many names were given out in clear, by their record. */
  readonly inClear = new Map<string, number>()

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /** Asks for everything that these values of these fields point to. */
  async ask(values: Iterable<readonly [Field, unknown]>): Promise<void> {
    if (this.#names.size > MOST_KEPT) this.#names.clear()
    if (this.#accounts.size > MOST_KEPT) this.#accounts.clear()
    const accounts = new Set<string>()
    let wanted = new Map<string, Set<string>>()
    for (const [field, value] of values)
      for (const one of Array.isArray(value) ? value : [value]) {
        const of = pointsTo(field.item ?? field)
        if (of === undefined || typeof one !== 'string') continue
        if (of !== 'account') want(wanted, { of, id: one })
        else if (!actorLabel(one) && !this.#accounts.has(one)) accounts.add(one)
      }
    for (let step = 0; wanted.size > 0 && step < LONGEST_CHAIN; step += 1) wanted = await this.#askRecords(wanted)
    const found = await colleaguesNamed(this.#reader.store, [...accounts])
    for (const one of accounts) this.#accounts.set(one, found.get(one))
  }

  /** Asks by record, and answers with what these take their own names from. */
  async #askRecords(wanted: ReadonlyMap<string, ReadonlySet<string>>): Promise<Map<string, Set<string>>> {
    const { desk, purpose } = this.#reader
    const next = new Map<string, Set<string>>()
    for (const [of, ids] of wanted) {
      const missing = [...ids].filter((id) => !this.#names.has(`${of} ${id}`))
      for (let start = 0; start < missing.length && !this.#hidden.has(of); start += MOST_ASKED) {
        const part = missing.slice(start, start + MOST_ASKED)
        const names = purpose === undefined ? await desk.identity.names(of, part) : await desk.identity.namesInClear(of, purpose, part)
        if (!names.ok) {
          this.#hidden.add(of)
          break
        }
        for (const [id, { name, clear }] of Object.entries(names.value)) {
          this.#names.set(`${of} ${id}`, name)
          if (clear) this.inClear.set(of, (this.inClear.get(of) ?? 0) + 1)
        }
      }
      for (const id of ids) {
        const called = this.#called(of, id)
        if (typeof called === 'object') want(next, called)
      }
    }
    return next
  }

  #called(of: string, id: string): string | NamedBy | undefined {
    const name = this.#names.get(`${of} ${id}`)
    const def: AnyRecord | undefined = this.#reader.store.registry.records.get(of)
    return name === undefined || !def ? undefined : calledBy(def, name, this.#reader.at)
  }

  /** The name behind one reference; it has been asked for. */
  nameOf(field: Field, value: string): string {
    const { lang } = this.#reader
    const of = pointsTo(field)
    if (of === 'account')
      return actorLabel(value)?.[lang] ?? this.#accounts.get(value)?.name ?? (field.kind === 'actor' ? UNSEEN.account[lang] : value)
    let at: NamedBy = { of: of ?? '', id: value }
    for (let step = 0; step <= LONGEST_CHAIN; step += 1) {
      if (this.#hidden.has(at.of)) return UNSEEN.hidden[lang]
      const called = this.#called(at.of, at.id)
      if (typeof called !== 'object') return called ?? UNSEEN.outside[lang]
      at = called
    }
    return UNSEEN.outside[lang]
  }
}

const want = (wanted: Map<string, Set<string>>, { of, id }: NamedBy) => wanted.set(of, (wanted.get(of) ?? new Set()).add(id))
