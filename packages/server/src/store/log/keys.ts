import { type AnyRecord, ERASED } from '@guatu/kernel'
import { oneForm } from '../identity/forms.ts'

type Values = Readonly<Record<string, unknown>>

export const hasKey = (def: AnyRecord, fields: Values): boolean =>
  def.key?.every((name) => fields[name] !== undefined && fields[name] !== ERASED) ?? false

/** A key that is sensitive is one in the whole city: the unique index of a county cannot see the others, so it is always looked up. */
export const isKnownInCity = (def: AnyRecord): boolean => def.key?.some((name) => def.fields[name]?.sensitive) ?? false

/** Whoever is known by a sensitive key is one in the whole city; every other record is one in its county. */
export const keyText = (def: AnyRecord, { county, fields }: { readonly county: string; readonly fields: Values }): string => {
  const key = (def.key ?? []).map((name) => [name, fields[name], def.fields[name]?.sensitive ?? false] as const)
  return JSON.stringify([
    def.name,
    key.some(([, , sensitive]) => sensitive) ? null : county,
    ...key.map(([name, value, sensitive]) => (sensitive && typeof value === 'string' ? oneForm(def, name, value) : value)),
  ])
}

/** Do two states have one key, written in one way? */
export const isSameKey = (def: AnyRecord, one: { readonly fields: Values }, other: { readonly fields: Values }): boolean =>
  def.key?.every((name) => one.fields[name] === other.fields[name]) ?? false

/** Is a key written in its one form? Rows of before may have it in another. */
export const isInForm = (def: AnyRecord, { fields }: { readonly fields: Values }): boolean =>
  def.key?.every((name) => typeof fields[name] !== 'string' || fields[name] === oneForm(def, name, fields[name])) ?? true
