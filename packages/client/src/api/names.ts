import { useQuery } from '@tanstack/react-query'
import { call } from './client.ts'

/** How a record is called, masked, and which record stands for it now. */
export interface NamedRecord {
  readonly id: string
  readonly name: string
}

/** Another entry of the same person or thing: where it stands, whether it is the one that stays, and the open records that hold it there. */
export interface OtherEntry {
  readonly area: string
  readonly stays: boolean
  readonly held: readonly { readonly record: string; readonly area: string }[]
}

/** Milliseconds in which questions are gathered. */
const GATHER = 15
const MOST = 200

/** Asks about ids that are asked for in the same moment at once, by record: a list of fifty references is one question. */
function gathered<T>(ask: (record: string, ids: string) => Promise<Readonly<Record<string, T>>>) {
  interface Asking {
    readonly answers: ((found: T | null) => void)[]
    readonly fails: ((error: unknown) => void)[]
  }
  const waiting = new Map<string, Map<string, Asking>>()
  const send = (record: string) => {
    const all = [...(waiting.get(record) ?? [])]
    waiting.delete(record)
    for (let start = 0; start < all.length; start += MOST) {
      const part = all.slice(start, start + MOST)
      ask(record, part.map(([id]) => id).join()).then(
        (found) => {
          for (const [id, { answers }] of part) for (const answer of answers) answer(found[id] ?? null)
        },
        (error: unknown) => {
          for (const [, { fails }] of part) for (const fail of fails) fail(error)
        },
      )
    }
  }
  return (record: string, id: string) =>
    new Promise<T | null>((resolve, reject) => {
      let asked = waiting.get(record)
      if (!asked) {
        asked = new Map()
        waiting.set(record, asked)
        setTimeout(() => send(record), GATHER)
      }
      const one = asked.get(id) ?? { answers: [], fails: [] }
      one.answers.push(resolve)
      one.fails.push(reject)
      asked.set(id, one)
    })
}

const nameOf = gathered((record, ids) =>
  call<{ names: Readonly<Record<string, NamedRecord>> }>(`/api/${record}/names?ids=${ids}`).then(({ names }) => names),
)
const entriesOf = gathered((record, ids) =>
  call<{ entries: Readonly<Record<string, readonly OtherEntry[]>> }>(`/api/${record}/entries?ids=${ids}`).then(({ entries }) => entries),
)

/** The name behind a reference; null where the reader may not see it, not asked for where the reader may see none of its kind. */
export const useName = (record: string, id: string, enabled: boolean) =>
  useQuery({ queryKey: ['name', record, id], queryFn: () => nameOf(record, id), staleTime: 60_000, retry: false, enabled })

/** The other entries of what was merged, by one of them; null of what never was, or that the reader may not see. */
export const useOtherEntries = (record: string, id: string, enabled: boolean) =>
  useQuery({ queryKey: ['entries-elsewhere', record, id], queryFn: () => entriesOf(record, id), staleTime: 60_000, retry: false, enabled })
