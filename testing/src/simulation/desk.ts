import type { Clockwork } from './clockwork.ts'
import type { Link } from './network.ts'

/** What an office asked for, and what it was told in the end. */
export interface Asked {
  readonly event: string
  readonly what: string
  readonly at: number
  answer?: { readonly status: number; readonly code?: string }
}

const RETRY = 45_000

/** A computer in an office: online, but over the same network. It sends again under the same id until it is answered. */
export class OfficeDesk {
  readonly link: Link
  readonly asked: Asked[] = []
  readonly #clockwork: Clockwork
  readonly #prefix: string
  #made = 0

  constructor(link: Link, clockwork: Clockwork, prefix: string) {
    this.link = link
    this.#clockwork = clockwork
    this.#prefix = prefix
  }

  newId(): string {
    this.#made += 1
    return `${this.#prefix}-4000-9000-${String(this.#made).padStart(12, '0')}`
  }

  do(record: string, id: string, action: string, body: Readonly<Record<string, unknown>>): void {
    const event = `${this.#prefix}-4000-8000-${String(this.asked.length + 1).padStart(12, '0')}`
    const one: Asked = { event, what: `${record} ${action} ${id}`, at: this.#clockwork.now }
    this.asked.push(one)
    void this.#send(one, `/api/${record}/${id}/${action}`, { ...body, event })
  }

  async #send(one: Asked, path: string, body: object): Promise<void> {
    try {
      const { status, text } = await this.link.ask(path, body)
      if (status >= 500) throw new Error('the server is ill')
      const { code } = JSON.parse(text) as { code?: string }
      one.answer = { status, ...(status >= 400 && code !== undefined ? { code } : {}) }
    } catch {
      this.#clockwork.in(RETRY, () => void this.#send(one, path, body))
    }
  }
}
