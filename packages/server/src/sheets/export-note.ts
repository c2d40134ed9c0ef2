import { randomUUID } from 'node:crypto'
import type { Desk } from '../store/desk/desk.ts'
import type { Store } from '../store/store.ts'

export interface NotedExport {
  readonly store: Store
  readonly desk: Desk
  readonly purpose?: string
  readonly reveal?: boolean
}

/**
 * Notes what an export shows, by record, and counts it on under the same note. What stands in the rows and what stands beside them is noted apart.
 * A count that has been noted is not written again.
 */
export function exportNote({ store, desk, purpose, reveal }: NotedExport) {
  const notes = new Map<string, { readonly id: string; readonly rows: number }>()
  return async (part: 'rows' | 'beside', record: string, rows: number, recordId?: string): Promise<void> => {
    const key = `${part} ${record}`
    const known = notes.get(key)
    if (known?.rows === rows) return
    const id = known?.id ?? randomUUID()
    await store.noteLook({
      id,
      actor: desk.actor.id,
      what: reveal ? 'export-in-clear' : 'export',
      record,
      rows,
      ...(recordId === undefined ? {} : { recordId }),
      ...(purpose === undefined ? {} : { purpose }),
    })
    notes.set(key, { id, rows })
  }
}
