interface Asking<V> {
  readonly keys: readonly string[]
  answer(found: ReadonlyMap<string, V>): void
  fail(error: unknown): void
}

/**
 * A question that many ask at once, each of its own keys: it is put to the database for all who came while the last one was under way, so that a
 * crowd costs one way there and back and not one each. What is not in the answer is not there.
 */
export class Gathered<V> {
  readonly #ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>
  #waiting: Asking<V>[] = []
  #asking = false

  constructor(ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>) {
    this.#ask = ask
  }

  of(keys: readonly string[]): Promise<ReadonlyMap<string, V>> {
    return new Promise((answer, fail) => {
      this.#waiting.push({ keys, answer, fail })
      if (!this.#asking) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#asking = true
    // Whoever comes in the same moment is taken along.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const some = this.#waiting
      this.#waiting = []
      try {
        const found = await this.#ask([...new Set(some.flatMap(({ keys }) => keys))])
        for (const { answer } of some) answer(found)
      } catch (error) {
        for (const { fail } of some) fail(error)
      }
    }
    this.#asking = false
  }
}
