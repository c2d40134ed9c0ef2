import type { Problem } from '@guatu/kernel'
import { keepPreviousData, useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from './client.ts'
import { together } from './together.ts'
import type { AreaTreeOfDay, Board, History, Me, Receipt, Row, RowPage } from './types.ts'

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: () => call<Me>('/api/me'), retry: false, staleTime: 60_000 })

/** The area tree of a day; it changes only by reforms. While that of another day is read, the one before stays. */
export const useAreas = (day?: string) =>
  useQuery({
    queryKey: ['areas', day ?? 'today'],
    queryFn: () => call<AreaTreeOfDay>(`/api/areas${day ? `?day=${day}` : ''}`),
    staleTime: 10 * 60_000,
    placeholderData: keepPreviousData,
  })

export type Filters = Readonly<Record<string, string>>

const search = (filters: Filters) => new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString()

/** A record's list, page by page, limited to what this person may see. */
export const useRecords = (record: string, filters: Filters = {}, options: { enabled?: boolean } = {}) =>
  useInfiniteQuery({
    queryKey: ['list', record, filters],
    queryFn: ({ pageParam, signal }) =>
      call<RowPage>(`/api/${record}?${search({ ...filters, ...(pageParam ? { cursor: pageParam } : {}) })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
  })

export const useRecord = (record: string, id: string | undefined) =>
  useQuery({ queryKey: ['record', record, id], queryFn: () => call<Row>(`/api/${record}/${id}`), enabled: id !== undefined })

export const useTimeline = (record: string, id: string | undefined) =>
  useQuery({
    queryKey: ['timeline', record, id],
    queryFn: () => call<History>(`/api/${record}/${id}/timeline`),
    enabled: id !== undefined,
  })

export const useBoard = (request: { areas: readonly string[]; indicators: readonly string[]; day: string; days: number }) =>
  useQuery({
    queryKey: ['board', request],
    queryFn: ({ signal }) =>
      call<Board>(
        `/api/board?${search({ areas: request.areas.join(), indicators: request.indicators.join(), day: request.day, days: String(request.days) })}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
    enabled: request.areas.length > 0 && request.indicators.length > 0,
  })

const countOf = (record: string, filters: Filters) => ({
  queryKey: ['count', record, filters],
  queryFn: ({ signal }: { signal: AbortSignal }) => call<{ count: number }>(`/api/${record}/count?${search(filters)}`, { signal }),
})

/** How many records a filter finds, for this person. */
export const useCount = (record: string, filters: Filters = {}, options: { enabled?: boolean } = {}) =>
  useQuery({
    ...countOf(record, filters),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
  })

/** Several such counts, in their order, each as far as it is known, and reading again what failed. */
export const useCounts = (all: readonly { readonly record: string; readonly filters: Filters }[]) => {
  const answers = useQueries({ queries: all.map(({ record, filters }) => countOf(record, filters)) })
  return {
    piles: answers.map(({ data, error }) => ({ count: data?.count, error })),
    readAgain: () => answers.filter(({ error }) => error).forEach((one) => void one.refetch()),
  }
}

/** How many records each of these filters finds, all of them or, as long as one is missing, none. */
export const useCountsOfEach = (record: string, filters: readonly Filters[]) =>
  useQueries({ queries: filters.map((one) => countOf(record, one)), combine: together })

/** One act to be sent. Its event id is made once, when the form opens: sending it again changes nothing. */
export interface Act {
  readonly record: string
  readonly id: string
  readonly action: string
  readonly event?: string
  readonly area?: string
  readonly version?: number
  readonly authority?: string
  /** When it was done, where that was not now. */
  readonly happenedAt?: string
  readonly input?: Readonly<Record<string, unknown>>
}

export const newId = (): string => crypto.randomUUID()

const bodyOf = ({ record: _r, id: _i, action: _a, event, ...rest }: Act) => ({ event: event ?? newId(), ...rest })

/** Does one act, then lets everything that may have changed be read again. */
export function useAct() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (act: Act) => call<Receipt>(`/api/${act.record}/${act.id}/${act.action}`, { body: bodyOf(act) }),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'areas' && queryKey[0] !== 'me' }),
  })
}

/** Does several acts that stand or fall together. */
export function useActs() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (acts: readonly Act[]) =>
      call<{ results: readonly Receipt[] }>('/api/events', {
        body: { together: true, acts: acts.map((act) => ({ record: act.record, id: act.id, action: act.action, ...bodyOf(act) })) },
      }),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'areas' && queryKey[0] !== 'me' }),
  })
}

/** One answer of a bulk call: the receipt of an act, or why it was refused. */
export type ActAnswer = Receipt | { readonly problem: Problem }

/** Does several acts, each on its own: a refused one fails alone and says why. */
export function useBulk() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (acts: readonly Act[]) =>
      call<{ results: readonly ActAnswer[] }>('/api/events', {
        body: { acts: acts.map((act) => ({ record: act.record, id: act.id, action: act.action, ...bodyOf(act) })) },
      }),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'areas' && queryKey[0] !== 'me' }),
  })
}
