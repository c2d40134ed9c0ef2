import { isId, problem, Refused } from '@guatu/kernel'
import type { PhoneAct } from '../field/acts.ts'
import type { AtTheGate } from '../gates/cross.ts'
import { text } from '../gates/register.ts'
import { idOf } from './ids.ts'
import { readCommand } from './records.ts'

/** Acts of a phone in one call at most. */
export const LARGEST_BATCH = 500

export const invalid = (path: string, zh: string, en: string) => new Refused(problem('invalid', { field: path, why: { zh, en } }, { path }))

/** What a phone sends, act by act. @throws Refused when it is no list of acts */
export function readActs(acts: unknown): PhoneAct[] {
  if (!Array.isArray(acts) || acts.length > LARGEST_BATCH)
    throw invalid('acts', `应为不超过${LARGEST_BATCH}项的列表。`, `it must be a list of at most ${LARGEST_BATCH}.`)
  return acts.map((act: unknown) => phoneAct(act))
}

/** The id of the phone that asks. @throws Refused */
export function deviceOf(value: unknown): string {
  if (!isId(value)) throw invalid('device', '应为手机编号。', 'it must be the id of a phone.')
  return value
}

export const fieldsOf = (value: unknown) => (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>

/** One act; `clock` is when it happened by the phone, where the act itself does not say. */
function phoneAct(act: unknown, clock?: string): PhoneAct {
  const { record, id, action, beside, builtOn, ...rest } = fieldsOf(act)
  const who = readWho(beside)
  const command = readCommand(String(record), id, String(action), { ...rest, happenedAt: rest.happenedAt ?? clock })
  return { command: builtOn === undefined ? command : { ...command, builtOn: ownActs(builtOn) }, ...(who ? { who } : {}) }
}

/** Acts of the phone's own on which one builds. @throws Refused */
function ownActs(ids: unknown): readonly string[] {
  if (Array.isArray(ids) && ids.length <= LARGEST_BATCH) return ids.map((id: unknown) => idOf(id, 'builtOn'))
  throw invalid('builtOn', `应为不超过${LARGEST_BATCH}个操作编号。`, `it must be at most ${LARGEST_BATCH} ids of acts.`)
}

/** Whoever stood at the gate, as a device sends it beside a crossing; undefined when they showed no document and came with no plate. */
function readWho(beside: unknown): AtTheGate | undefined {
  if (typeof beside !== 'object' || beside === null) return undefined
  const { document, name, phone, plate, person, event } = beside as Record<string, unknown>
  const given = (key: string, value: unknown) => (typeof value === 'string' && value !== '' ? { [key]: value.slice(0, 60) } : {})
  if (document === undefined && text(plate) === '') return undefined
  return {
    ...(document === undefined ? {} : { document: text(document).slice(0, 60) }),
    ...given('name', name),
    ...given('phone', phone),
    ...given('plate', plate),
    person: idOf(person, 'beside.person'),
    event: idOf(event, 'beside.event'),
  }
}

/** An entry of an outbox as the phone sealed it: the act, the time its clock showed, and in which era of that clock. */
export function openedAct(entry: unknown, offsets: unknown): PhoneAct | undefined {
  const { act, deviceAt, era } = fieldsOf(entry)
  const offset = Number(fieldsOf(offsets)[String(era)] ?? 0)
  try {
    return phoneAct(
      act,
      typeof deviceAt === 'number' ? new Date(deviceAt + (Number.isFinite(offset) ? offset : 0)).toISOString() : undefined,
    )
  } catch {
    return undefined
  }
}
