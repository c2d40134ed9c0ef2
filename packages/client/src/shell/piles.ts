import type { Label } from '@guatu/kernel'
import { asProblem } from '../api/client.ts'

/** A pile as far as it could be counted. */
export interface Pile {
  readonly count: number | undefined
  /** Why it could not be read, or not anew. */
  readonly error: Error | null
}

/** What a bell says of several piles: what could not be counted is never nought. */
export interface Said {
  /** On the bell; undefined where it is known that nothing waits. */
  readonly badge: string | undefined
  readonly label: Label
}

/** How much of one pile there is, for a line of the menu. */
export const sizeOf = ({ count, error }: Pile): string => (count === undefined ? (error ? '—' : '…') : error ? `${count}?` : String(count))

/** Why some of them could not be read; undefined where all could. */
export function whyOf(piles: readonly Pile[]): Label | undefined {
  const failed = piles.find(({ error }) => error !== null)
  return failed?.error ? asProblem(failed.error).message : undefined
}

/** What waits in all of these together. */
export function saidOf(piles: readonly Pile[]): Said {
  const n = piles.reduce((sum, { count = 0 }) => sum + count, 0)
  const [missing, old] = [piles.filter(({ count, error }) => count === undefined && error).length, whyOf(piles)]
  const coming = piles.some(({ count, error }) => count === undefined && !error)
  const shown = n > 99 ? '99+' : String(n)
  if (missing > 0) {
    const all = missing === piles.length
    const zh = all ? '待办未知，没有读到' : `待办至少${n}件，另有${missing}类没有读到`
    const en = all ? 'What waits is unknown, it could not be read' : `At least ${n} waiting, ${missing} of the kinds could not be read`
    return { badge: n > 0 ? `${shown}?` : '—', label: { zh: `${zh}：${old?.zh ?? ''}`, en: `${en}: ${old?.en ?? ''}` } }
  }
  if (coming) return { badge: n > 0 ? `${shown}…` : '…', label: { zh: '待办正在读取', en: 'Reading what waits' } }
  if (old)
    return {
      badge: `${shown}?`,
      label: { zh: `待办${n}件，没能重新读取：${old.zh}`, en: `${n} waiting, could not be read anew: ${old.en}` },
    }
  return { badge: n > 0 ? shown : undefined, label: { zh: `待办${n}件`, en: `${n} waiting` } }
}
