import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Names of values at most that are kept as they are written: those of definitions are few, and stand in every act. */
const MOST_NAMES = 5_000
const names = new Map<string, string>()

function nameText(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  const made = `${JSON.stringify(name)}:`
  if (names.size >= MOST_NAMES) names.clear()
  names.set(name, made)
  return made
}

/** Names in order. The few of an act are put in order by hand: sorting that is made for many takes more room than they do. */
function inOrder(keys: string[]): readonly string[] {
  if (keys.length > FEW) return keys.sort()
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i] ?? ''
    let at = i
    for (let before = keys[at - 1]; before !== undefined && before > key; before = keys[at - 1]) keys[at--] = before
    keys[at] = key
  }
  return keys
}

const FEW = 30

/** JSON with sorted keys and without what is undefined: equal values have equal texts, on every machine. */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  const values = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const key of inOrder(Object.keys(values))) {
    const one = values[key]
    if (one !== undefined) text += `${text === '' ? '' : ','}${nameText(key)}${canonicalText(one)}`
  }
  return `{${text}}`
}

/** SHA-256 (hex) of a value's canonical text: what is frozen under it can be shown to be unchanged. */
export const sealOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalText(value))))
