import { sealOf } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import type { Head } from './snapshot-lines.ts'

interface Rules {
  readonly parameters: Head['parameters']
  /** One number for all of them: where it differs, a phone holds others. */
  readonly mark: number
}

/** Letters of a seal that make the largest number that a phone reads without loss: 48 bits. */
const LETTERS = 12

const remembered = new WeakMap<object, { readonly added: number; readonly rules: Rules }>()

/** The numbers of all rules with their days, as phones carry them; worked out anew when one was set. */
export function rulesOf({ registry, settings }: Pick<Store, 'registry' | 'settings'>): Rules {
  const added = settings.added()
  const known = remembered.get(settings)
  if (known?.added === added) return known.rules
  const parameters = Object.fromEntries(
    [...registry.parameters.keys()].map((code) => [code, settings.of(code).map(({ instrument: _, ...setting }) => setting)] as const),
  )
  const rules = { parameters, mark: Number.parseInt(sealOf(parameters).slice(0, LETTERS), 16) }
  remembered.set(settings, { added, rules })
  return rules
}
