import { call, type Row } from '@guatu/client'
import { type Merged, sameAs } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'

/** More than that were not merged into one person. */
const MOST = 500

const into = ({ id, fields }: Row): readonly Merged[] => (typeof fields.mergedInto === 'string' ? [[id, fields.mergedInto]] : [])

/** Entries that are one person with this one by merging, as far as one may read them; itself alone until they are known. */
export function useEntries(row: Row): readonly string[] {
  const known = useQuery({
    // Asked anew with every change of a person.
    queryKey: ['entries', 'person', row.id],
    queryFn: async ({ signal }) => {
      const mergings = async (ids: readonly string[]) => {
        const read = (id: string) => (id === row.id ? [row] : call<Row>(`/api/person/${id}`, { signal }).catch(() => []))
        const merged = call<{ readonly rows: readonly Row[] }>(`/api/person?mergedInto=${ids.join(',')}&limit=${MOST}`, { signal })
        return [...(await Promise.all(ids.map(read))).flat(), ...(await merged).rows].flatMap(into)
      }
      return (await sameAs([row.id], mergings)).get(row.id) ?? []
    },
  })
  return known.data ?? [row.id]
}
