import type { Database, Session } from '../database/index.ts'
import type { RecordingClock } from './recording-clock.ts'

/** The write path as far as a view of one moment needs it. */
export interface Rest {
  readonly clock: RecordingClock
  /** Runs `work` while nothing of this process is being written. */
  hold(work: () => Promise<void>): Promise<void>
  /**
   * Runs `work` while no other process writes either; what one of them decided before is decided again afterwards, and recorded after the moment
   * that `work` fixes.
   */
  alone(work: () => Promise<Temporal.Instant>): Promise<unknown>
}

/**
 * Runs `work` on a view that holds all that was recorded up to a moment and nothing else. What is being written is waited for, and what comes after
 * is recorded later. Writing rests until the view and its moment are fixed, not while `work` runs, unless there is one connection only.
 */
export async function asOf<T>(
  db: Database<unknown>,
  { clock, hold, alone }: Rest,
  work: (session: Session<unknown>, moment: Temporal.Instant) => Promise<T>,
): Promise<T> {
  const [begun, quiet, fixed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<Temporal.Instant>()]
  let view: Promise<T> | undefined
  try {
    await hold(async () => {
      const looking = db.snapshot(async (session) => {
        begun.resolve()
        await quiet.promise
        // What is seen is what was there at the first question.
        const [row] = await session.query<{ last: Date | null }>('select max(recorded_at) as last from events where recorded_at < $1', [
          clock.endOfDay.toString(),
        ])
        const moment = clock.fix(row?.last ?? null)
        fixed.resolve(moment)
        return work(session, moment)
      })
      view = looking
      // A connection first: other processes should not have to wait until one is free.
      await Promise.race([begun.promise, looking])
      await alone(async () => {
        quiet.resolve()
        await Promise.race([fixed.promise, looking])
        return fixed.promise
      })
    })
  } catch (error) {
    quiet.reject(error)
    await view?.catch(() => undefined)
    throw error
  }
  return view ?? Promise.reject(new Error('nothing was looked at'))
}
