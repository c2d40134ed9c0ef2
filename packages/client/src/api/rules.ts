import type { ParameterReader, ParameterSetting } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { call } from './client.ts'

interface Settings {
  readonly parameters: readonly { readonly code: string; readonly inForce: ParameterSetting['value'] | null }[]
}

/** The rules in force today as the server has them. */
export const useRules = () =>
  useQuery({ queryKey: ['settings', 'today'], queryFn: () => call<Settings>('/api/settings'), staleTime: 5 * 60_000 })

/** A reader over the rules; one that is not known has its fallback, or fails as a rule without its number must. */
export function readerOf(values: ReadonlyMap<string, ParameterSetting['value']>): ParameterReader {
  return <T extends ParameterSetting['value']>(code: string, fallback?: T): T => {
    const value = values.get(code) ?? fallback
    if (value === undefined) throw new RangeError(`No setting of parameter ${code}`)
    return value as T
  }
}

export const rulesOf = (settings: Settings | undefined): ReadonlyMap<string, ParameterSetting['value']> =>
  new Map((settings?.parameters ?? []).flatMap(({ code, inForce }) => (inForce === null ? [] : [[code, inForce] as const])))
