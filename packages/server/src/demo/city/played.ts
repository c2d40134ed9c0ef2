import { type Actor, type Command, derivedId } from '@guatu/kernel'

/** Acts that stand or fall together, by one person, as they reach the server at one moment. */
export interface Played {
  readonly actor: Actor
  readonly commands: readonly Command[]
}

/** What will reach the server at a minute of a day. It is only worked out when its time comes: a day of a million acts is a list of short notes. */
export interface Due {
  /** Minutes after midnight. */
  readonly minute: number
  readonly play: () => Played | Promise<Played>
}

export const hours = (h: number, m = 0): number => h * 60 + m

/** A minute of a city day as an instant. */
export const instantAt = (day: string, minute: number, zone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).add({ minutes: minute }).toInstant().toString({ smallestUnit: 'millisecond' })

/** A whole number from an id, for asking chance. */
export function hash(text: string): number {
  let value = 0
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) | 0
  return value >>> 0
}

/** An act as it reaches the server five minutes after it happened. */
export interface Act {
  readonly day: string
  /** Minutes after midnight at which it happens. */
  readonly minute: number
  readonly actor: Actor
  readonly record: string
  readonly recordId: string
  readonly action: string
  readonly input: Command['input']
  /** Where a new record stands. */
  readonly area?: string
}

export function actOf({ day, minute, actor, record, recordId, action, input, area }: Act, zone: string): Due {
  const id = derivedId(`${recordId} ${action} ${day}`)
  const where = area === undefined ? {} : { area }
  const command: Command = { id, record, recordId, action, ...where, happenedAt: instantAt(day, minute, zone), input }
  return { minute: minute + 5, play: () => ({ actor, commands: [command] }) }
}
