import type { RowBlock } from '@guatu/kernel'
import { BlockKeeping, type Place } from './block-keeping.ts'
import { type Asked, askedAt, type Watch } from './device-clock.ts'
import { KEPT_OF_SCOPE } from './kept.ts'
import type { Head, Replica } from './replica.ts'
import type { BlockPart, Shelf } from './shelf.ts'
import { type Answer, NoNetwork, problemIn, type Transport } from './transport.ts'
import type { SealedBytes, Vault } from './vault.ts'

/** What one block brings: rows, or the ids of those that left. */
interface Block {
  readonly block?: RowBlock
  readonly gone?: readonly { readonly record: string; readonly id: string }[]
}

type Line = { readonly head: Head } | { readonly block: RowBlock; readonly due?: true; readonly cursor?: string } | { readonly done: true }

/** Change blocks after which the whole is taken anew at the next chance: reading many small ones slows the start. */
const MANY = 400

/** Under which name among the places the server says which numbers of rules it gave. */
const RULES = 'rules'

/** Screens are told of new rows no more often than this, milliseconds: drawing would take the time that the rows need. */
const TELL_EVERY = 400

/** The rows of the area on the shelf: taken whole once, what is due today first, then only what changed. */
export class Rows {
  readonly #shelf: Shelf
  readonly #vault: Vault
  readonly #keeping: BlockKeeping
  readonly #replica: Replica
  readonly #transport: Transport
  readonly #device: string
  readonly #changed: () => void
  readonly #heard: (now: string, asked: Asked) => void
  readonly #watch: Watch
  #told = 0
  #closed = false
  /** Rows that left since the whole was taken, until the whole is read: what it says of them is past. */
  #left: Set<string> | undefined = new Set()

  constructor(at: {
    shelf: Shelf
    vault: Vault
    replica: Replica
    transport: Transport
    device: string
    changed: () => void
    heard: (now: string, asked: Asked) => void
    watch: Watch
  }) {
    this.#shelf = at.shelf
    this.#vault = at.vault
    this.#keeping = new BlockKeeping(at.shelf, at.vault)
    this.#replica = at.replica
    this.#transport = at.transport
    this.#device = at.device
    this.#changed = at.changed
    this.#heard = at.heard
    this.#watch = at.watch
  }

  get complete(): boolean {
    return this.#keeping.place?.complete === true
  }

  /** The phone is locked or cleared: what is still being read is for nobody any more. */
  close(): void {
    this.#closed = true
    this.#keeping.close()
  }

  /** Opens what today's list needs: what was due when the rows came, and what changed since. */
  async loadToday(): Promise<void> {
    await this.#keeping.open()
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
    const { place } = this.#keeping
    if (!place) return
    for (const { sealed } of await this.#shelf.blocks(place.generation, part)) {
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

  /** Takes what is missing. @returns a refusal of the server, if it answered with one @throws NoNetwork */
  async update(): Promise<Answer | undefined> {
    const { place } = this.#keeping
    if (place?.complete && place.n < MANY) return this.#changes(place)
    return this.#whole()
  }

  async #whole(): Promise<Answer | undefined> {
    const { place: known } = this.#keeping
    const resumed = known && !known.complete && known.cursor !== undefined ? known : undefined
    const asked = askedAt(this.#watch)
    const answer = await this.#transport.lines(
      `/api/field/snapshot?device=${this.#device}${resumed?.cursor === undefined ? '' : `&cursor=${resumed.cursor}`}`,
    )
    if (answer.status !== 200) return { status: answer.status, body: answer.body }
    let place = resumed
    let complete = false
    try {
      for await (const text of answer.lines) {
        if (this.#closed || this.#keeping.failed) return undefined
        const line = JSON.parse(text) as Line
        if ('head' in line) {
          this.#heard(line.head.now, asked)
          place = await this.#begin(line.head)
        } else if ('done' in line) complete = true
        else if (place) {
          const part = line.due ? 'due' : 'whole'
          this.#fold(line, part)
          place = this.#keeping.keep(part, text, { ...place, ...(line.cursor === undefined ? {} : { cursor: line.cursor }) })
          this.#tell()
        }
      }
    } finally {
      await this.#keeping.kept()
    }
    this.#changed()
    // A stream that ends without saying so was cut off; what came of it is kept, and the next attempt goes on from there.
    if (!complete || !place) throw new NoNetwork()
    await this.#keeping.setPlace({ ...place, complete: true })
    return undefined
  }

  #tell(): void {
    const now = this.#watch.running()
    if (now - this.#told < TELL_EVERY) return
    this.#told = now
    this.#changed()
  }

  /** What lies here of an earlier time, or of another scope, goes before the first row comes; what was done here stays. */
  async #begin(head: Head): Promise<Place> {
    const before = this.#keeping.place?.heads
    const place: Place = { generation: (this.#keeping.place?.generation ?? 0) + 1, n: 0, complete: false, heads: head.heads }
    this.#replica.clear()
    this.#replica.head = head
    await this.#shelf.set('head', await this.#vault.sealText(JSON.stringify(head)))
    await this.#keeping.setPlace(place)
    await this.#shelf.keepGeneration(place.generation)
    if (before && before.scope !== head.heads.scope) for (const name of KEPT_OF_SCOPE) await this.#shelf.remove(name)
    return place
  }

  async #changes(place: Place): Promise<Answer | undefined> {
    const asked = askedAt(this.#watch)
    const answer = await this.#transport.call('/api/field/changes', { device: this.#device, since: { ...place.heads, ...this.#rules() } })
    if (answer.status !== 200 || problemIn(answer)) return answer
    const { now, heads, reset, blocks, gone, parameters } = answer.body as {
      now: string
      heads: Place['heads']
      reset: boolean
      blocks: readonly RowBlock[]
      gone: NonNullable<Block['gone']>
      parameters?: Head['parameters']
    }
    this.#heard(now, asked)
    if (this.#closed) return undefined
    if (reset) {
      await this.startOver()
      return this.#whole()
    }
    if (parameters) await this.#takeRules(parameters, heads[RULES])
    let at: Place = place
    for (const block of [...blocks.map((one): Block => ({ block: one })), ...(gone.length > 0 ? [{ gone } as Block] : [])]) {
      this.#fold(block, 'change')
      at = this.#keeping.keep('change', JSON.stringify(block), at)
    }
    await this.#keeping.setPlace({ ...at, heads })
    if (blocks.length > 0 || gone.length > 0 || parameters) this.#changed()
    return undefined
  }

  /** The mark of the numbers that lie here: an earlier version may have been given newer ones and left them aside. */
  #rules(): Place['heads'] {
    const mark = this.#replica.head?.heads[RULES]
    return { [RULES]: mark ?? 0 }
  }

  async #takeRules(parameters: Head['parameters'], mark: number | undefined): Promise<void> {
    const { head } = this.#replica
    if (!head || mark === undefined) return
    const next = { ...head, parameters, heads: { ...head.heads, [RULES]: mark } }
    this.#replica.head = next
    await this.#shelf.set('head', await this.#vault.sealText(JSON.stringify(next)))
  }

  /** Everything is taken anew, at the next chance if not now. */
  async startOver(): Promise<void> {
    if (!this.#keeping.place) return
    const { cursor: _, ...place } = this.#keeping.place
    await this.#keeping.setPlace({ ...place, complete: false })
  }
}
