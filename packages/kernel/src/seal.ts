import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** JSON with sorted keys and without what is undefined: equal values have equal texts, on every machine. */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  const values = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const key of Object.keys(values).sort()) {
    const one = values[key]
    if (one !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalText(one)}`
  }
  return `{${text}}`
}

/** SHA-256 (hex) of a value's canonical text: what is frozen under it can be shown to be unchanged. */
export const sealOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalText(value))))
