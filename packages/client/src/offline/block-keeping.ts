import type { BlockPart, Shelf } from './shelf.ts'
import type { Vault } from './vault.ts'

/** How far the rows of the area are on the phone. */
export interface Place {
  readonly generation: number
  /** Blocks kept so far. */
  readonly n: number
  /** Where the stream goes on; left out before the first cursor. */
  readonly cursor?: string
  readonly complete: boolean
  /** As the server gave it, and given back as it is: the place in the book of each county, and the mark of the scope. */
  readonly heads: Readonly<Record<string, number>>
}

/** Puts blocks of rows on the shelf while the next ones arrive: screens never wait for the writing. */
export class BlockKeeping {
  readonly #shelf: Shelf
  readonly #vault: Vault
  #closed = false
  /** With the blocks that are not yet on the shelf. */
  place: Place | undefined
  /** Blocks that are folded but not yet on the shelf, and the writing that is under way. */
  #unkept: { readonly part: BlockPart; readonly text: string; readonly place: Place }[] = []
  #keeping: Promise<void> | undefined
  #failed: { readonly why: unknown } | undefined

  constructor(shelf: Shelf, vault: Vault) {
    this.#shelf = shelf
    this.#vault = vault
  }

  /** Finds out how far the rows on the shelf are. */
  async open(): Promise<void> {
    this.place = await this.#shelf.get<Place>('place')
  }

  /** From now on nothing is written any more. */
  close(): void {
    this.#closed = true
  }

  /** Whether something could not be written; `kept` says what. */
  get failed(): boolean {
    return this.#failed !== undefined
  }

  /** Notes a block that was folded; it is written while the next ones arrive, as many at once as there are. */
  keep(part: BlockPart, text: string, place: Place): Place {
    const next = { ...place, n: place.n + 1 }
    this.#unkept.push({ part, text, place: next })
    this.place = next
    this.#keeping ??= this.#keepAll()
      .catch((why: unknown) => {
        this.#failed = { why }
      })
      .finally(() => {
        this.#keeping = undefined
      })
    return next
  }

  /** Waits until all is on the shelf. @throws what kept it from it; the rows go on from what the shelf holds then */
  async kept(): Promise<void> {
    await this.#keeping
    if (!this.#failed) return
    const { why } = this.#failed
    this.#failed = undefined
    this.#unkept = []
    this.place = await this.#shelf.get<Place>('place')
    throw why
  }

  async #keepAll(): Promise<void> {
    for (;;) {
      const batch = this.#unkept
      const last = batch.at(-1)
      if (!last) return
      this.#unkept = []
      const blocks = await Promise.all(
        batch.map(async ({ part, text, place }) => ({
          generation: place.generation,
          n: place.n,
          part,
          sealed: await this.#vault.sealText(text),
        })),
      )
      if (this.#closed) return
      await this.#shelf.putBlocks(blocks, last.place)
    }
  }

  /** Waits until all is on the shelf, and notes how far the rows are. @throws as `kept` */
  async setPlace(place: Place): Promise<void> {
    await this.kept()
    this.place = place
    await this.#shelf.set('place', place)
  }
}
