import type { RowBlock } from '@guatu/kernel'
import type { Head, Replica } from './replica.ts'
import type { BlockPart, Shelf } from './shelf.ts'
import { type Answer, NoNetwork, problemIn, type Transport } from './transport.ts'
import type { SealedBytes, Vault } from './vault.ts'

interface Place {
  readonly generation: number
  /** Blocks kept so far. */
  readonly n: number
  /** Where the stream goes on; left out before the first cursor. */
  readonly cursor?: string
  readonly complete: boolean
  readonly heads: Readonly<Record<string, number>>
}

/** What one block brings: rows, or the ids of those that left. */
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
  #closed = false
  /** Blocks that are folded but not yet on the shelf, and the writing that is under way. */
  #unkept: { readonly part: BlockPart; readonly text: string; readonly place: Place }[] = []
  #keeping: Promise<void> | undefined
  #failed: { readonly why: unknown } | undefined
  /** Rows that left since the whole was taken, until the whole is read: what it says of them is past. */
  #left: Set<string> | undefined = new Set()

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

  /** The phone is locked or cleared: what is still being read is for nobody any more. */
  close(): void {
    this.#closed = true
  }

  /** Opens what today's list needs: what was due when the rows came, and what changed since. */
  async loadToday(): Promise<void> {
    this.#place = await this.#shelf.get<Place>('place')
    const head = await this.#shelf.get<SealedBytes>('head')
    if (head) this.#replica.head = JSON.parse(await this.#vault.openText(head)) as Head
    await this.#loadPart('due')
    await this.#loadPart('change')
    this.#changed()
  }

  /** Opens the rest of the area, a block at a time, so that the screen stays at hand. */
  async loadRest(): Promise<void> {
    await this.#loadPart('whole')
    this.#left = undefined
    this.#changed()
  }

  async #loadPart(part: BlockPart): Promise<void> {
    if (!this.#place) return
    for (const { sealed } of await this.#shelf.blocks(this.#place.generation, part)) {
      const text = await this.#vault.openText(sealed)
      if (this.#closed) return
      this.#fold(JSON.parse(text) as Block, part)
      this.#tell()
    }
  }

  #fold({ block, gone }: Block, part: BlockPart): void {
    if (block) {
      const taken = this.#replica.take(block, part === 'whole' ? this.#left : undefined)
      if (part === 'change') for (const id of taken) this.#left?.delete(id)
    }
    if (gone) {
      this.#replica.forget(gone)
      for (const { id } of gone) this.#left?.add(id)
    }
  }

  /** Notes a block that was folded; it is written while the next ones arrive, as many at once as there are. */
  #keep(part: BlockPart, text: string, place: Place): Place {
    const next = { ...place, n: place.n + 1 }
    this.#unkept.push({ part, text, place: next })
    this.#place = next
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
  async #kept(): Promise<void> {
    await this.#keeping
    if (!this.#failed) return
    const { why } = this.#failed
    this.#failed = undefined
    this.#unkept = []
    this.#place = await this.#shelf.get<Place>('place')
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

  async #setPlace(place: Place): Promise<void> {
    await this.#kept()
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
    try {
      for await (const text of answer.lines) {
        if (this.#closed || this.#failed) return undefined
        const line = JSON.parse(text) as Line
        if ('head' in line) {
          this.#heard(line.head.now, sent)
          place = await this.#begin(line.head)
        } else if ('done' in line) complete = true
        else if (place) {
          const part = line.due ? 'due' : 'whole'
          this.#fold(line, part)
          place = this.#keep(part, text, { ...place, ...(line.cursor === undefined ? {} : { cursor: line.cursor }) })
          this.#tell()
        }
      }
    } finally {
      await this.#kept()
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
    await this.#shelf.set('head', await this.#vault.sealText(JSON.stringify(head)))
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
    if (this.#closed) return undefined
    if (reset) {
      await this.startOver()
      return this.#whole()
    }
    let at: Place = place
    for (const block of [...blocks.map((one): Block => ({ block: one })), ...(gone.length > 0 ? [{ gone } as Block] : [])]) {
      this.#fold(block, 'change')
      at = this.#keep('change', JSON.stringify(block), at)
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
