import type { FieldOptions } from './status.ts'

const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 5 * 60_000

/** Attempts to come: after a pause that doubles, with chance in it, at most some minutes; times that three thousand phones do not share. */
export class Pauses {
  readonly #options: Pick<FieldOptions, 'later' | 'chance'>
  #failures = 0
  #callOff: (() => void) | undefined

  constructor(options: Pick<FieldOptions, 'later' | 'chance'>) {
    this.#options = options
  }

  /** Tries again later, instead of whatever was to be tried before. */
  later(work: () => void): void {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures) * (0.5 + this.#options.chance())
    this.#failures += 1
    this.callOff()
    this.#callOff = this.#options.later(work, pause)
  }

  callOff(): void {
    this.#callOff?.()
  }

  /** It went well: the next pause is a short one. */
  succeeded(): void {
    this.#failures = 0
  }
}
