import type { Problem } from '@guatu/kernel'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, call } from '../../api/client.ts'

/** A long piece of work, as the server keeps it. */
export interface Job {
  readonly id: string
  readonly record: string
  readonly file: string
  readonly dryRun: boolean
  readonly state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
  readonly startedAt: string
  readonly progress: {
    readonly total: number
    readonly done: number
    readonly accepted: number
    readonly repeated: number
    readonly refused: number
    readonly ignored: readonly string[]
    /** Not there in the record of work that was done before it was told. */
    readonly left?: readonly { readonly name: string; readonly rows?: number }[]
  }
  readonly examples: readonly { readonly line: number; readonly result: string; readonly problem?: Problem }[]
  readonly problem: Problem | null
}

const LOOK_EVERY_MS = 700

/** One job; looked at again and again while it runs. */
export const useJob = (id: string | undefined) =>
  useQuery({
    queryKey: ['jobs', id],
    queryFn: () => call<Job>(`/api/jobs/${id}`),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? LOOK_EVERY_MS : false),
  })

export const useJobs = () =>
  useQuery({
    queryKey: ['jobs'],
    queryFn: () => call<{ jobs: readonly Job[] }>('/api/jobs'),
    refetchInterval: ({ state }) => (state.data?.jobs.some((one) => one.state === 'running') ? LOOK_EVERY_MS * 2 : false),
  })

/** Stops a job; what it had taken in stays. */
export function useCancel() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call<Job>(`/api/jobs/${id}/cancel`, { method: 'POST', body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  })
}

export interface Upload {
  readonly record: string
  readonly file: File
  readonly area?: string
  readonly dryRun: boolean
}

/** Sends a file in; answers the id of the job that takes it, also when the file as a whole was refused. */
export function useUpload() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ record, file, area, dryRun }: Upload): Promise<string> => {
      const form = new FormData()
      form.append('file', file)
      const query = new URLSearchParams({ ...(dryRun ? { dryRun: '1' } : {}), ...(area === undefined ? {} : { area }) })
      try {
        return (await call<Job>(`/api/${record}/import?${query}`, { form })).id
      } catch (error) {
        const job = error instanceof ApiProblem ? error.problem.data?.job : undefined
        if (typeof job === 'string') return job
        throw error
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  })
}
