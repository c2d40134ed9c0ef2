import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** JSON with sorted keys and without what is undefined: equal values have equal texts, on every machine. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined)
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => `${JSON.stringify(key)}:${canonicalText(one)}`)
      .join(',')}}`
  }
  return JSON.stringify(value)
}

/** SHA-256 (hex) of a value's canonical text: what is frozen under it can be shown to be unchanged. */
export const sealOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalText(value))))
