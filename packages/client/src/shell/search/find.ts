import type { AnyRecord, Label, Registry } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import type { AreaNode, Row, RowPage } from '../../api/types.ts'

/** One thing that was found, and where it is opened. */
export interface Hit {
  readonly key: string
  readonly kind: Label
  readonly title: string
  readonly detail: string
  readonly to: string
  /** Body that it belongs to, shown by its name. */
  readonly unit?: string
  readonly search?: Readonly<Record<string, string>>
}

/** Hits of one kind shown at most. */
const MOST = 6
const LATIN = /^[a-z0-9 ]+$/i

/** What a record is called by: its title and, where it has one, its number. */
const wordsOf = (def: AnyRecord, row: Row) => ({ title: String(row.fields[def.title] ?? ''), number: String(row.fields.number ?? '') })

async function byWords(def: AnyRecord, words: string, signal: AbortSignal): Promise<readonly Row[]> {
  const page = await call<RowPage>(`/api/${def.name}?${new URLSearchParams({ q: words, limit: String(MOST) })}`, { signal })
  return page.rows
}

async function bySound(def: AnyRecord, typed: string, signal: AbortSignal): Promise<readonly Row[]> {
  const { rows } = await call<Pick<RowPage, 'rows'>>(`/api/${def.name}/heard?${new URLSearchParams({ q: typed })}`, { signal })
  return rows.slice(0, MOST)
}

/** Records of the kinds that are searched from the header, where this person may read them. */
export const useFoundRecords = (defs: readonly AnyRecord[], words: string) =>
  useQuery({
    queryKey: ['search', defs.map((def) => def.name), words],
    queryFn: async ({ signal }): Promise<readonly Hit[]> => {
      const lists = await Promise.all(
        defs.map(async (def) => {
          const rows = [...(await byWords(def, words, signal)), ...(LATIN.test(words) ? await bySound(def, words, signal) : [])]
          const unique = [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, MOST)
          return unique.map((row): Hit => {
            const { title, number } = wordsOf(def, row)
            return {
              key: `${def.name}/${row.id}`,
              kind: def.label,
              title,
              detail: number,
              to: `/records/${def.name}/${row.id}`,
              ...(typeof row.fields.unit === 'string' ? { unit: row.fields.unit } : {}),
            }
          })
        }),
      )
      return lists.flat()
    },
    enabled: words !== '',
    staleTime: 30_000,
  })

export const useFoundAreas = (words: string, kind: Label) =>
  useQuery({
    queryKey: ['areas', 'search', words, MOST],
    queryFn: ({ signal }) =>
      call<{ areas: readonly (AreaNode & { fullName?: string })[] }>(`/api/areas/search?limit=${MOST}&q=${encodeURIComponent(words)}`, {
        signal,
      }),
    select: ({ areas }) =>
      areas.map(
        (one): Hit => ({ key: `area/${one.id}`, kind, title: one.name, detail: one.fullName ?? '', to: '/areas', search: { id: one.id } }),
      ),
    enabled: words !== '',
    staleTime: 60_000,
  })

/** The records worth searching from anywhere: those that this person may read at all. */
export const searched = (registry: Registry, roles: readonly string[]): readonly AnyRecord[] =>
  ['meeting', 'item', 'task'].flatMap((name) => {
    const def = registry.records.get(name)
    return def && roles.some((role) => Object.hasOwn(def.read, role)) ? [def] : []
  })
