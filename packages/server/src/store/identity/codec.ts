import { type AnyRecord, ERASED, meaningsOf } from '@guatu/kernel'
import type { SubjectKey, Vault } from './vault.ts'

/** Where the sealed part of an event's input stands; no field can be called so. */
const SEALED = '@sealed'

/** The sealed part of an input: what is in it, and the text; none where the key was erased before it came. */
interface SealedPart {
  /** Names of the values, `input.phone` for those that a correction carries. */
  readonly of: readonly string[]
  readonly text?: string
}

type Values = Readonly<Record<string, unknown>>

export const subjectOf = (record: string, id: string): string => `${record}/${id}`

/** Seals values under a record's key, or leaves only their names where the record has been erased. */
export type SealText = (hidden: Values) => string | undefined

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)
const worthSealing = (value: unknown) => value !== undefined && value !== null

const sensitive = new WeakMap<AnyRecord['fields'], readonly string[]>()

/** Whether there is anything to seal among some values: most acts and states say nothing that is sensitive. */
function hides(fields: AnyRecord['fields'], values: Values): boolean {
  const names = sensitive.get(fields) ?? Object.keys(fields).filter((name) => fields[name]?.sensitive)
  sensitive.set(fields, names)
  return names.some((name) => worthSealing(values[name]))
}

function part(fields: AnyRecord['fields'], values: Values): { clear: Record<string, unknown>; hidden: Record<string, unknown> } {
  const clear: Record<string, unknown> = {}
  const hidden: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    if (fields[name]?.sensitive && worthSealing(value)) hidden[name] = value
    else clear[name] = value
  }
  return { clear, hidden }
}

/** An input as it is stored: what is sensitive in it sealed, also inside the input that a correction carries. */
export function sealInput(def: AnyRecord, action: string, input: Values, seal: SealText): Values {
  const meanings = meaningsOf(def, action)
  if (!isValues(input.input) && !hides(meanings, input)) return input
  const { clear, hidden } = part(meanings, input)
  const inner = isValues(clear.input) ? part(meanings, clear.input) : undefined
  const all = { ...hidden, ...Object.fromEntries(Object.entries(inner?.hidden ?? {}).map(([name, value]) => [`input.${name}`, value])) }
  const names = Object.keys(all)
  if (names.length === 0) return input
  const text = seal(all)
  const sealed: SealedPart = { of: names, ...(text === undefined ? {} : { text }) }
  return { ...clear, ...(inner ? { input: inner.clear } : {}), [SEALED]: sealed }
}

/** A stored input as it was sent; {@link ERASED} stands for what nobody can read any more. */
export function openInput(vault: Vault, stored: Values, subject: string, wrapped: string | null | undefined): Values {
  const sealed = stored[SEALED] as SealedPart | undefined
  if (!sealed) return stored
  const { [SEALED]: _, ...clear } = stored
  const read = opened(vault, sealed.text, subject, wrapped)
  const out: Record<string, unknown> = { ...clear }
  const inner: Record<string, unknown> = isValues(clear.input) ? { ...clear.input } : {}
  for (const name of sealed.of) {
    const value = read[name] ?? ERASED
    if (name.startsWith('input.')) inner[name.slice('input.'.length)] = value
    else out[name] = value
  }
  if (Object.keys(inner).length > 0) out.input = inner
  return out
}

/** What a state's columns of identity hold. */
export interface SealedFields {
  readonly sealed: string | null
  readonly sealed_names: readonly string[] | null
}

const NOTHING_SEALED: SealedFields = { sealed: null, sealed_names: null }

export function sealFields(def: AnyRecord, fields: Values, seal: SealText): SealedFields {
  if (!hides(def.fields, fields)) return NOTHING_SEALED
  const { hidden } = part(def.fields, fields)
  const names = Object.keys(hidden)
  const known = Object.fromEntries(Object.entries(hidden).filter(([, value]) => value !== ERASED))
  return { sealed: Object.keys(known).length === 0 ? null : (seal(known) ?? null), sealed_names: names }
}

export function openFields(vault: Vault, row: SealedFields, subject: string, wrapped: string | null | undefined): Values {
  if (!row.sealed_names) return {}
  const read = opened(vault, row.sealed ?? undefined, subject, wrapped)
  return Object.fromEntries(row.sealed_names.map((name) => [name, read[name] ?? ERASED]))
}

/** What a sealed text says; nothing where its key is gone. */
export function opened(vault: Vault, text: string | undefined, subject: string, wrapped: string | null | undefined): Values {
  if (text === undefined || !wrapped) return {}
  return JSON.parse(vault.open(vault.unwrap(subject, wrapped), text)) as Values
}

/** Seals with one key; the same values, as they stand in an act and in the state it makes, are encrypted once. */
export function sealer(vault: Vault, keyOf: () => SubjectKey | undefined): SealText {
  let last: { readonly plain: string; readonly text: string } | undefined
  return (hidden) => {
    const key = keyOf()
    if (!key) return undefined
    const plain = JSON.stringify(hidden)
    if (last?.plain !== plain) last = { plain, text: vault.seal(key, plain) }
    return last.text
  }
}
