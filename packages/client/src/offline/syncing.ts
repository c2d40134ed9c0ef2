import { fromBase64, toBase64 } from '@guatu/kernel'
import type { Leaving } from './leaving.ts'
import { Pauses } from './pauses.ts'
import type { Opened, Phone } from './phone.ts'
import { sendAll } from './sending.ts'
import { type Answer, NoNetwork, problemIn } from './transport.ts'

/** Sends what waits and takes what changed, again and again, at times that three thousand phones do not share. */
export class Syncing {
  readonly #phone: Phone
  readonly #leaving: Leaving
  readonly #pauses: Pauses
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(phone: Phone, leaving: Leaving) {
    this.#phone = phone
    this.#leaving = leaving
    this.#pauses = new Pauses(phone.options)
  }

  /**
   * One at a time; failing is normal and tried again. Asked for while it runs, it runs once more, so that whoever waits for it has seen
   * what was there when it was asked.
   */
  now(): Promise<void> {
    if (this.#running) {
      this.#next ??= this.#running.then(() => {
        this.#next = undefined
        return this.now()
      })
      return this.#next
    }
    this.#running = this.#once().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #once(): Promise<void> {
    const phone = this.#phone
    const at = phone.opened
    if (!at) return
    this.#pauses.callOff()
    phone.set({ syncing: true })
    let again = true
    try {
      await at.loaded
      // Times are not guessed where they can be asked for.
      if (phone.clock?.ahead === undefined) {
        if (await this.#leaving.look()) return
        if (phone.clock?.ahead === undefined) throw new NoNetwork()
      }
      const refused = (await this.#send(at)) ?? (await this.#take(at))
      if (refused) await this.#refused(at, refused)
      else {
        this.#pauses.succeeded()
        again = at.outbox.sendable
        const { now } = phone
        await phone.options.shelf.set('lastSync', now)
        phone.online(now)
      }
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error
      phone.offline()
    } finally {
      await phone.saveClock()
      phone.set({ syncing: false })
      if (again && phone.opened) this.#pauses.later(() => void this.now())
    }
  }

  async #send({ device, outbox, vault }: Opened): Promise<Answer | undefined> {
    const { options, clock, replica, reached } = this.#phone
    const { app, shelf, transport, watch } = options
    if (!clock) return undefined
    return sendAll({ device: device.id, app, outbox, shelf, vault, clock, replica, transport, watch }, reached)
  }

  async #take(at: Opened): Promise<Answer | undefined> {
    const phone = this.#phone
    const { shelf, transport } = phone.options
    if (!phone.recognition) {
      const answer = await transport.call(`/api/field/recognition?device=${at.device.id}`)
      if (problemIn(answer)) return answer
      phone.recognition = fromBase64((answer.body as { key: string }).key)
      await shelf.set('recognition', await at.vault.seal(toBase64(phone.recognition)))
    }
    const confirmed = new Set(at.outbox.entries.filter((one) => one.state === 'confirmed' && !one.settled).map((one) => one.seq))
    const refused = await at.rows.update()
    if (!refused) await at.outbox.settle(confirmed)
    return refused
  }

  async #refused(at: Opened, answer: Answer): Promise<void> {
    const phone = this.#phone
    const problem = problemIn(answer)
    if (answer.status === 410) await this.#leaving.wipe(at.device)
    else if (answer.status === 401 || problem?.code === 'password-needed' || problem?.code === 'second-factor-needed')
      phone.set({ signInNeeded: true, online: true, ...(problem ? { problem } : {}) })
    else if (problem) phone.set({ online: true, problem })
  }
}
