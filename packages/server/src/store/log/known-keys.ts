import type { AnyRecord, RecordState } from '@guatu/kernel'
import { wayOf } from '../identity/forms.ts'
import type { Keeper } from '../identity/keeper.ts'
import { keyColumn } from '../schema/model.ts'
import { hasKey, isInForm, isKnownInCity, isSameKey, keyText } from './keys.ts'
import type { Soon } from './soon.ts'
import { fromStateRow, type StateRow, sqlOf } from './state-rows.ts'

type Keyed = Pick<RecordState, 'county' | 'fields'>

/** Which record holds which key, as far as one batch knows: what it changed, then what is being written below it, then what was looked up. */
export class KnownKeys {
  readonly #run: Keeper
  readonly #trusting: boolean
  #below: KnownKeys | undefined
  /** Record id by key; empty text for a key known to be free. */
  readonly #holders = new Map<string, string>()

  /** Trusting, keys within a county are left to the unique index. */
  constructor(run: Keeper, trusting: boolean, below: KnownKeys | undefined) {
    this.#run = run
    this.#trusting = trusting
    this.#below = below
  }

  /** What was below is written now. */
  settle(): void {
    this.#below = undefined
  }

  /** Looks up many keys at once, so that an import does not ask row by row. */
  async prefetch(def: AnyRecord, candidates: readonly Keyed[]): Promise<void> {
    const [first] = def.key ?? []
    if (first === undefined || (this.#trusting && !isKnownInCity(def))) return
    const wanted = candidates.filter((one) => hasKey(def, one.fields) && this.#holder(keyText(def, one)) === undefined)
    if (wanted.length === 0) return
    const sql = sqlOf(def)
    const field = def.fields[first]
    const way = wayOf(def, first)
    const column = way?.column ?? keyColumn(def, first)
    const stored = (value: unknown) => (way ? this.#run.vault.finder.token(def, way, value) : field?.toColumn(value))
    const rows = await this.#run.query<StateRow>(
      `select ${sql.columns} from ${sql.table} where "${column}" = any($1::${field?.column}[])`,
      [[...new Set(wanted.map((one) => stored(one.fields[first])))]],
    )
    for (const one of wanted) this.#holders.set(keyText(def, one), '')
    // Of two rows of before that mean one number, the one that has it in its one form holds it: the other cannot be written so beside it.
    const held = rows.map((row) => fromStateRow(this.#run, sql, row))
    for (const state of [...held.filter((one) => !isInForm(def, one)), ...held.filter((one) => isInForm(def, one))])
      this.#holders.set(keyText(def, state), state.id)
  }

  /**
   * Another record that already has this key, if any. What a record was called `before`, written as it is, it takes from nobody: rows of before may mean
   * one number in two writings, and each can be changed otherwise and merged.
   */
  twin(def: AnyRecord, state: RecordState, before?: RecordState): Soon<string | undefined> {
    if (!hasKey(def, state.fields) || (before && isSameKey(def, before, state))) return undefined
    return this.prefetch(def, [state]).then(() => {
      const found = this.#holder(keyText(def, state))
      return found && found !== state.id ? found : undefined
    })
  }

  /** A record has another key than before. Gives what takes it back. */
  change(def: AnyRecord, before: RecordState | undefined, after: RecordState): () => void {
    const undo = before ? [this.#set(keyText(def, before), '')] : []
    undo.push(this.#set(keyText(def, after), after.id))
    return () => {
      for (const step of undo.reverse()) step()
    }
  }

  #set(key: string, id: string): () => void {
    const before = this.#holders.get(key)
    this.#holders.set(key, id)
    return () => {
      if (before === undefined) this.#holders.delete(key)
      else this.#holders.set(key, before)
    }
  }

  #holder(key: string): string | undefined {
    const below = this.#below
    return this.#holders.get(key) ?? (below ? below.#holder(key) : undefined)
  }
}
