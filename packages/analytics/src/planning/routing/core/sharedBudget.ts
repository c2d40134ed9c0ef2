/** The budget of a search that several threads carry out together: one course of annealing, spent by all of them. */
import type { Budget, Clock } from '../../anytime/budget.ts'
import type { Board } from './board.ts'

export interface SharedBudgetRequest {
  readonly clock: Clock
  /** Seconds of that clock for each thread; ignored where the number of steps is given. */
  readonly seconds: number
  /** Steps of all threads together, rather than seconds. */
  readonly iterations?: number | undefined
  /** Asked now and then; true ends the search with the best plan so far. */
  readonly stop?: () => boolean
}

/** A budget that is asked for stretches: each goes on where the one before ended. */
export class SharedBudget {
  private readonly board: Board
  private readonly request: SharedBudgetRequest
  /** Seconds used in earlier stretches. */
  private seconds = 0
  private steps = 0

  constructor(board: Board, request: SharedBudgetRequest) {
    this.board = board
    this.request = request
  }

  /** What this thread has used. */
  used(): { readonly seconds: number; readonly steps: number } {
    return { seconds: this.seconds, steps: this.steps }
  }

  /** A stretch that begins now and ends when the share `until` of the whole is used up. */
  stretch(until: number): Budget {
    const { board } = this
    const { clock, seconds, iterations, stop } = this.request
    const before = { seconds: this.seconds, steps: this.steps }
    const start = clock()
    let reached = 0
    const progress = (done: number) => {
      this.seconds = before.seconds + clock() - start
      this.steps = before.steps + done
      const share =
        iterations === undefined
          ? board.shareUsed(this.seconds, seconds)
          : board.shareUsed(this.steps, Math.max(1, iterations / board.members))
      reached = Math.max(reached, Math.min(1, share))
      return reached
    }
    return { elapsed: () => clock() - start, progress, expired: (done) => stop?.() === true || board.halted() || progress(done) >= until }
  }
}
