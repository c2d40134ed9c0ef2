import { useQuery } from '@tanstack/react-query'
import { call } from './client.ts'

/** How a record is called, masked, and which record stands for it now. */
export interface NamedRecord {
  readonly id: string
  readonly name: string
}

type Answer = (name: NamedRecord | null) => void

/** Ids asked for in the same moment, by record: a list of fifty references is one question. */
const waiting = new Map<string, Map<string, { readonly answers: Answer[]; readonly fails: ((error: unknown) => void)[] }>>()
/** Milliseconds in which questions are gathered. */
const GATHER = 15
const MOST = 200

function ask(record: string): void {
  const asked = waiting.get(record)
  waiting.delete(record)
  if (!asked) return
  const all = [...asked]
  for (let start = 0; start < all.length; start += MOST) {
    const part = all.slice(start, start + MOST)
    const ids = part.map(([id]) => id).join()
    call<{ names: Readonly<Record<string, NamedRecord>> }>(`/api/${record}/names?ids=${ids}`).then(
      ({ names }) => {
        for (const [id, { answers }] of part) for (const answer of answers) answer(names[id] ?? null)
      },
      (error: unknown) => {
        for (const [, { fails }] of part) for (const fail of fails) fail(error)
      },
    )
  }
}

const nameOf = (record: string, id: string) =>
  new Promise<NamedRecord | null>((resolve, reject) => {
    let asked = waiting.get(record)
    if (!asked) {
      asked = new Map()
      waiting.set(record, asked)
      setTimeout(() => ask(record), GATHER)
    }
    const one = asked.get(id) ?? { answers: [], fails: [] }
    one.answers.push(resolve)
    one.fails.push(reject)
    asked.set(id, one)
  })

/** The name behind a reference; null where the reader may not see it, not asked for where the reader may see none of its kind. */
export const useName = (record: string, id: string, enabled: boolean) =>
  useQuery({ queryKey: ['name', record, id], queryFn: () => nameOf(record, id), staleTime: 60_000, retry: false, enabled })
