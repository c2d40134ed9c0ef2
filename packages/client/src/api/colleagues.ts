import type { Role } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { call } from './client.ts'

/** Somebody who works with the system, as others in office know them. */
export interface Colleague {
  readonly username: string
  readonly name: string
  /** Today's office: role and area. */
  readonly role?: Role
  readonly area?: string
}

const ask = async (query: Readonly<Record<string, string>>, signal: AbortSignal) =>
  (await call<{ colleagues: readonly Colleague[] }>(`/api/colleagues?${new URLSearchParams(query)}`, { signal })).colleagues

/** Who works in one's own area, by name or sign-in name. */
export const useColleagues = (word: string, enabled: boolean) =>
  useQuery({ queryKey: ['colleagues', word], queryFn: ({ signal }) => ask({ q: word }, signal), enabled, staleTime: 60_000 })

/** Who signs in by this name, or has the account of this number; nobody is an answer too. */
export const useColleague = (account: string) =>
  useQuery({
    queryKey: ['colleague', account],
    queryFn: async ({ signal }) => (await ask({ of: account }, signal))[0] ?? null,
    staleTime: 600_000,
    retry: false,
  })
