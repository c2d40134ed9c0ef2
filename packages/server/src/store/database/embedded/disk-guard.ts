import { diskFull } from '../problem.ts'
import { freeBytes } from './database-thread.ts'

/** Statements that take room. Removing (drop, truncate, vacuum) is allowed on a full disk, because it is what makes room. */
const takesRoom =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:insert|update|delete|merge|copy|create|alter|with\b[\s\S]*\b(?:insert|update|delete|merge)\b)/i

/** How long an answer of the disk is good for, in milliseconds; a busy writer asks a few times a second at most. */
const validFor = 100

/**
 * Refuses writing while the disk of `folder` has less than `reserve` bytes left. The engine itself must never meet a full disk: a write-ahead log that cannot
 * grow stops it altogether, and with it all reading.
 */
export function diskGuard(folder: string, reserve: number): (statement: string) => void {
  let asked = Number.NEGATIVE_INFINITY
  let enough = true
  return (statement) => {
    if (!takesRoom.test(statement)) return
    const now = performance.now()
    if (now - asked > validFor) {
      enough = freeBytes(folder) >= reserve
      asked = now
    }
    if (!enough) throw diskFull()
  }
}
