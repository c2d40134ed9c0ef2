import type { AnyRecord } from '@guatu/kernel'

/** Something for each value of each field of each kind of record. It is asked for many times for every act: no key is put together for it. */
export class ByField<T> {
  readonly #all = new Map<string, Map<string, Map<string, T>>>()

  /** By value, see {@link textOf}, for one field. */
  of({ name }: AnyRecord, field: string): Map<string, T> {
    const fields = this.#all.get(name)
    const known = fields?.get(field)
    if (known) return known
    const made = new Map<string, T>()
    if (fields) fields.set(field, made)
    else this.#all.set(name, new Map([[field, made]]))
    return made
  }
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value))
