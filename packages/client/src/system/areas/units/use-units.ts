import type { Problem } from '@guatu/kernel'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../api/client.ts'

/** A unit or grid of the city's register. */
export interface Unit {
  readonly id: string
  readonly level: 'unit' | 'grid'
  readonly name: string
  readonly aliases: readonly string[]
  readonly parent: string | null
  readonly within: string
  readonly from: string
  readonly to: string | null
}

export interface Taken {
  readonly recorded: number
  readonly known: number
  readonly refusals: readonly { readonly line: number; readonly problem: Problem }[]
}

export const useUnits = () =>
  useQuery({
    queryKey: ['areas', 'units'],
    queryFn: ({ signal }) => call<{ day: string; units: readonly Unit[] }>('/api/areas/units', { signal }),
  })

/** Sends one change of the register; every list of areas is read anew. */
export function useUnitChange<T = unknown>() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ path, ...init }: { readonly path: string; readonly body?: object; readonly form?: FormData }) =>
      call<T>(`/api/areas/units${path}`, init),
    onSuccess: () => client.invalidateQueries({ queryKey: ['areas'] }),
  })
}
