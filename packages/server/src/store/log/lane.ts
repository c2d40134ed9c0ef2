/**
 * One statement at a time on the one connection of a transaction, in the order asked for: while it runs, the next is made ready. Whoever
 * asked for one that failed is told; what was waiting behind it runs all the same.
 */
export class Lane {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work)
    this.#last = next.catch(() => undefined)
    return next
  }
}
