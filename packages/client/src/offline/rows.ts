import type { RowBlock } from '@guatu/kernel'
import type { Head, Replica } from './replica.ts'
import type { Shelf, StoredBlock } from './shelf.ts'
import { type Answer, NoNetwork, problemIn, type Transport } from './transport.ts'
import type { Vault } from './vault.ts'

interface Place {
  readonly generation: number
  /** Blocks kept so far. */
  readonly n: number
  /** Where the stream goes on; left out before the first cursor. */
  readonly cursor?: string
  readonly complete: boolean
  readonly heads: Readonly<Record<string, number>>
}

interface Block {
  readonly block?: RowBlock
  readonly gone?: readonly { readonly record: string; readonly id: string }[]
}

type Line = { readonly head: Head } | { readonly block: RowBlock; readonly due?: true; readonly cursor?: string } | { readonly done: true }

/** Change blocks after which the whole is taken anew at the next chance: reading many small ones slows the start. */
const MANY = 400

/** Screens are told of new rows no more often than this, milliseconds: drawing would take the time that the rows need. */
const TELL_EVERY = 400

/** The rows of the area on the shelf: taken whole once, what is due today first, then only what changed. */
export class Rows {
  readonly #shelf: Shelf
  readonly #vault: Vault
  readonly #replica: Replica
  readonly #transport: Transport
  readonly #device: string
  readonly #changed: () => void
  readonly #heard: (now: string, sent: number) => void
  readonly #running: () => number
  #place: Place | undefined
  #told = 0

  constructor(at: {
    shelf: Shelf
    vault: Vault
    replica: Replica
    transport: Transport
    device: string
    changed: () => void
    heard: (now: string, sent: number) => void
    running: () => number
  }) {
    this.#shelf = at.shelf
    this.#vault = at.vault
    this.#replica = at.replica
    this.#transport = at.transport
    this.#device = at.device
    this.#changed = at.changed
    this.#heard = at.heard
    this.#running = at.running
  }

  get complete(): boolean {
    return this.#place?.complete === true
  }

  get empty(): boolean {
    return this.#replica.head === undefined
  }

  /** Opens what lies here: what is due first, so that the list of today stands before the rest is read. */
  async load(): Promise<void> {
    this.#place = await this.#shelf.get<Place>('place')
    const head = await this.#shelf.get<Parameters<Vault['open']>[0]>('head')
    if (head) this.#replica.head = await this.#vault.open<Head>(head)
    if (!this.#place) return
    const blocks = await this.#shelf.blocks(this.#place.generation)
    for (const [i, stored] of blocks.entries()) {
      this.#fold(await this.#vault.open<Block>(stored.sealed))
      if (i % 8 === 3) this.#changed()
    }
    this.#changed()
  }

  #fold({ block, gone }: Block): void {
    if (block) this.#replica.take(block)
    if (gone) this.#replica.forget(gone)
  }

  async #keep(block: Block, place: Place): Promise<void> {
    const stored: StoredBlock = { generation: place.generation, n: place.n, sealed: await this.#vault.seal(block) }
    await this.#shelf.putBlocks([stored])
    await this.#setPlace({ ...place, n: place.n + 1 })
  }

  async #setPlace(place: Place): Promise<void> {
    this.#place = place
    await this.#shelf.set('place', place)
  }

  /** Takes what is missing. @returns a refusal of the server, if it answered with one @throws NoNetwork */
  async update(): Promise<Answer | undefined> {
    if (this.#place?.complete && this.#place.n < MANY) return this.#changes(this.#place)
    return this.#whole()
  }

  async #whole(): Promise<Answer | undefined> {
    const resumed = this.#place && !this.#place.complete && this.#place.cursor !== undefined ? this.#place : undefined
    const sent = this.#running()
    const answer = await this.#transport.lines(
      `/api/field/snapshot?device=${this.#device}${resumed?.cursor === undefined ? '' : `&cursor=${resumed.cursor}`}`,
    )
    if (answer.status !== 200) return { status: answer.status, body: answer.body }
    let place = resumed
    let complete = false
    for await (const text of answer.lines) {
      const line = JSON.parse(text) as Line
      if ('head' in line) {
        this.#heard(line.head.now, sent)
        place = await this.#begin(line.head)
      } else if ('done' in line) complete = true
      else if (place) {
        const next: Place = { ...place, ...(line.cursor === undefined ? {} : { cursor: line.cursor }) }
        this.#fold({ block: line.block })
        await this.#keep({ block: line.block }, next)
        place = { ...next, n: next.n + 1 }
        this.#tell()
      }
    }
    this.#changed()
    // A stream that ends without saying so was cut off; what came of it is kept, and the next attempt goes on from there.
    if (!complete || !place) throw new NoNetwork()
    await this.#setPlace({ ...place, complete: true })
    await this.#shelf.keepGeneration(place.generation)
    return undefined
  }

  #tell(): void {
    const now = this.#running()
    if (now - this.#told < TELL_EVERY) return
    this.#told = now
    this.#changed()
  }

  async #begin(head: Head): Promise<Place> {
    const place: Place = { generation: (this.#place?.generation ?? 0) + 1, n: 0, complete: false, heads: head.heads }
    this.#replica.clear()
    this.#replica.head = head
    await this.#shelf.set('head', await this.#vault.seal(head))
    await this.#setPlace(place)
    return place
  }

  async #changes(place: Place): Promise<Answer | undefined> {
    const sent = this.#running()
    const answer = await this.#transport.call('/api/field/changes', { device: this.#device, since: place.heads })
    if (answer.status !== 200 || problemIn(answer)) return answer
    const { now, heads, reset, blocks, gone } = answer.body as {
      now: string
      heads: Place['heads']
      reset: boolean
      blocks: readonly RowBlock[]
      gone: NonNullable<Block['gone']>
    }
    this.#heard(now, sent)
    if (reset) {
      await this.startOver()
      return this.#whole()
    }
    let at: Place = place
    for (const block of [...blocks.map((one): Block => ({ block: one })), ...(gone.length > 0 ? [{ gone } as Block] : [])]) {
      this.#fold(block)
      await this.#keep(block, at)
      at = { ...at, n: at.n + 1 }
    }
    await this.#setPlace({ ...at, heads })
    if (blocks.length > 0 || gone.length > 0) this.#changed()
    return undefined
  }

  /** The phone works somewhere else from now on: everything is taken anew. */
  async startOver(): Promise<void> {
    if (!this.#place) return
    const { cursor: _, ...place } = this.#place
    await this.#setPlace({ ...place, complete: false })
  }
}
