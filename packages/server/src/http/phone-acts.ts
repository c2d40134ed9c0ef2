import { type Command, problem, Refused } from '@guatu/kernel'
import type { PhoneAct } from '../field/acts.ts'
import type { AtTheGate } from '../gates/cross.ts'
import { text } from '../gates/register.ts'
import { idOf, readCommand } from './records.ts'

/** Acts of a phone in one call at most. */
export const LARGEST_BATCH = 500

export const invalid = (path: string, zh: string, en: string) => new Refused(problem('invalid', { field: path, why: { zh, en } }, { path }))

/** What a phone sends, act by act. @throws Refused when it is no list of acts */
export function readActs(acts: unknown): PhoneAct[] {
  if (!Array.isArray(acts) || acts.length > LARGEST_BATCH)
    throw invalid('acts', `应为不超过${LARGEST_BATCH}项的列表。`, `it must be a list of at most ${LARGEST_BATCH}.`)
  return acts.map((act: unknown) => {
    const { record, id, action, beside, ...rest } = (typeof act === 'object' && act !== null ? act : {}) as Record<string, unknown>
    return phoneAct(readCommand(String(record), id, String(action), rest), beside)
  })
}

function phoneAct(command: Command, beside: unknown): PhoneAct {
  const who = readWho(beside)
  return { command, ...(who ? { who } : {}) }
}

/** Whoever stood at the gate, as a device sends it beside a crossing; undefined when nobody showed a document. */
function readWho(beside: unknown): AtTheGate | undefined {
  if (typeof beside !== 'object' || beside === null || !('document' in beside)) return undefined
  const { document, name, phone, plate, person, event } = beside as Record<string, unknown>
  const given = (key: string, value: unknown) => (typeof value === 'string' && value !== '' ? { [key]: value.slice(0, 60) } : {})
  return {
    document: text(document).slice(0, 60),
    ...given('name', name),
    ...given('phone', phone),
    ...given('plate', plate),
    person: idOf(person, 'beside.person'),
    event: idOf(event, 'beside.event'),
  }
}

/** An entry of an outbox as the phone sealed it: the act, the time its clock showed, and in which era of that clock. */
export function openedAct(entry: unknown, offsets: unknown): PhoneAct | undefined {
  const { act, deviceAt, era } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>
  const { record, id, action, beside, ...rest } = (typeof act === 'object' && act !== null ? act : {}) as Record<string, unknown>
  const offset = Number((typeof offsets === 'object' && offsets !== null ? (offsets as Record<string, unknown>) : {})[String(era)] ?? 0)
  try {
    const happenedAt =
      rest.happenedAt ??
      (typeof deviceAt === 'number' ? new Date(deviceAt + (Number.isFinite(offset) ? offset : 0)).toISOString() : undefined)
    return phoneAct(readCommand(String(record), id, String(action), { ...rest, happenedAt }), beside)
  } catch {
    return undefined
  }
}
