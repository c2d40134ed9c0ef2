import {
  type AnyRecord,
  areasOf,
  type Command,
  type DomainEvent,
  dayOf,
  instantMs,
  type RecordState,
  type Relation,
  stampOf,
  today,
} from '@guatu/kernel'
import { readEvents } from './event-rows.ts'
import { isKnownInCity } from './keys.ts'
import { lookersAt } from './lookers.ts'
import { namedBy, recordNamed } from './mentions.ts'
import type { Pointing, Wanted, Way } from './neighbours.ts'
import type { Group, Surround } from './receipt.ts'
import { leadsIn, spanOf } from './related.ts'
import { askedOf } from './round-figures.ts'
import { normal } from './when.ts'
import type { Workspace } from './workspace.ts'

// What acts will need, asked for before they are decided: a few questions for all of them instead of some for each.

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What relations may lead through: the fields as they would be, the county of the record, the path of its area, and the moment of the act. */
export function around(
  work: Workspace,
  at: Surround,
  command: Command,
  before: RecordState | undefined,
): Readonly<Record<string, unknown>> {
  const county = before?.county ?? (command.area === undefined ? undefined : work.areas.county(command.area, today(at.clock)))
  const path = pathOn(work, before?.area ?? command.area, dayIn(command, at))
  const moment = command.happenedAt === undefined ? stampOf(at.clock.now()) : normal(command.happenedAt)
  return { ...before?.fields, ...command.input, county, path, moment }
}

const dayIn = ({ happenedAt }: Command, { clock }: Surround): string => {
  const ms = happenedAt === undefined ? undefined : instantMs(happenedAt)
  return ms === undefined ? today(clock) : dayOf({ epochMilliseconds: ms }, clock.zone)
}

/** The path of an area on a day; that of today for one that was not there then. */
export const pathOn = (work: Workspace, area: string | undefined, day: string): string | undefined =>
  area === undefined ? undefined : (work.areas.path(area, day) ?? work.areas.currentPath(area))

/** Where relations of one record lead, for those that many records are asked about together. */
export function towards(
  work: Workspace,
  relations: Readonly<Record<string, Relation>>,
  id: string,
  fields: Readonly<Record<string, unknown>>,
  into: { readonly pointing: Pointing[]; readonly ways: Way[] },
): void {
  const { registry } = work
  const known = (one: string) => work.remembered(one)
  for (const relation of Object.values(relations)) {
    const def = registry.records.get(relation.record)
    if (!def || relation.above !== undefined) continue
    const [value] = leadsIn(def, relation, id, fields)
    if (value === undefined) continue
    if (relation.at !== undefined) {
      if (known(String(value)) === undefined) into.pointing.push({ def, by: 'id', value })
      continue
    }
    const near = spanOf(relation, fields)
    if (relation.near && !near) continue
    if (relation.via !== undefined) into.ways.push({ def, by: relation.by, via: relation.via, value })
    else into.pointing.push({ def, by: relation.by, value, ...(near ? { near } : {}) })
    const same = relation.doubles === undefined ? undefined : registry.records.get(relation.doubles)
    if (same?.survivor !== undefined) into.pointing.push({ def: same, by: 'id', value }, { def: same, by: same.survivor, value })
  }
}

/** What the acts will want to see beside their own records, as far as it can be told before they are decided. */
export function beside(work: Workspace, at: Surround, groups: readonly Group[]): Wanted {
  const pointing: Pointing[] = []
  const ways: Way[] = []
  const timed: { readonly command: Command; readonly before: RecordState | undefined }[] = []
  const lastOf = new Map<string, string>()
  const late = new Map<string, Set<string>>()
  let since: string | undefined
  for (const { commands } of groups)
    for (const command of commands) {
      const action = at.registry.records.get(command.record)?.actions[command.action]
      const before = work.remembered(command.recordId)
      if (command.happenedAt !== undefined) {
        const own = normal(command.happenedAt)
        if (since === undefined || own < since) since = own
        timed.push({ command, before })
        const last = lastOf.get(command.recordId) ?? before?.changedAt
        if (last === undefined || own > last) lastOf.set(command.recordId, own)
        else late.set(command.record, (late.get(command.record) ?? new Set()).add(command.recordId))
      }
      if (!action?.related) continue
      towards(work, action.related, command.recordId, around(work, at, command, action.from === 'new' ? undefined : before), {
        pointing,
        ways,
      })
    }
  let ids: ReadonlySet<unknown> | undefined
  const named = () => {
    ids ??= new Set(
      timed.flatMap(({ command, before }) =>
        [command.recordId, ...Object.values(before?.fields ?? {}), ...Object.values(command.input)].filter(
          (value) => typeof value === 'string' && ID.test(value),
        ),
      ),
    )
    return ids
  }
  const pathOf = (command: Command): readonly string[] => {
    const path = pathOn(work, work.remembered(command.recordId)?.area ?? command.area, dayIn(command, at))
    return path === undefined ? [] : areasOf(path)
  }
  let all: ReadonlySet<string> | undefined
  const areas = () => {
    all ??= new Set(groups.flatMap(({ commands }) => commands.flatMap(pathOf)))
    return all
  }
  let seenBelow: ReadonlySet<string> | undefined
  const places = () => {
    const isSeen = ({ record }: Command) => lookersAt(at.registry, record).some(({ relation }) => relation.above !== undefined)
    seenBelow ??= new Set(groups.flatMap(({ commands }) => commands.filter(isSeen).flatMap((command) => pathOf(command).slice(-1))))
    return seenBelow
  }
  const figures = () =>
    groups.flatMap(({ commands }) =>
      commands.flatMap((command) => {
        const action = at.registry.records.get(command.record)?.actions[command.action]
        return action?.figures ? (askedOf(action, around(work, at, command, work.remembered(command.recordId))) ?? []) : []
      }),
    )
  return { pointing, ways, records: at.registry.records, named, since, late, areas, places, figures }
}

/** Reads the states and keys that acts need and nobody remembers; false where they need none. */
export async function recall(work: Workspace, at: Surround, groups: readonly Group[]): Promise<boolean> {
  const states = new Map<AnyRecord, string[]>()
  const keyed = new Map<AnyRecord, { county: string; fields: Command['input'] }[]>()
  const wants = (def: AnyRecord, id: string) => {
    const list = states.get(def)
    if (list) list.push(id)
    else states.set(def, [id])
  }
  for (const { commands, outside } of groups) {
    for (const command of commands) {
      const def = at.registry.records.get(command.record)
      if (!def) continue
      if (outside)
        for (const named of namedBy(def, command)) {
          const target = recordNamed(at.registry, named)
          if (target && ID.test(named.id)) wants(target, named.id)
        }
      if (def.actions[command.action]?.from === 'new') {
        if (!isKnownInCity(def)) continue
        const wanted = keyed.get(def)
        const one = { county: '', fields: command.input }
        if (wanted) wanted.push(one)
        else keyed.set(def, [one])
        continue
      }
      wants(def, command.recordId)
    }
  }
  if (states.size > 0) await work.prefetch(states)
  for (const [def, wanted] of keyed) await work.keys.prefetch(def, wanted)
  return states.size > 0 || keyed.size > 0
}

/** Looks up everything that the groups may meet; answers with those acts that are stored. */
export async function lookUp(work: Workspace, at: Surround, groups: readonly Group[]): Promise<readonly DomainEvent[]> {
  const ids: string[] = []
  const states = new Map<AnyRecord, string[]>()
  const keyed = new Map<AnyRecord, { county: string; fields: Readonly<Record<string, unknown>> }[]>()
  const day = today(at.clock)
  for (const { commands } of groups) {
    for (const command of commands) {
      ids.push(command.id)
      const def = at.registry.records.get(command.record)
      if (!def) continue
      const list = states.get(def)
      if (list) list.push(command.recordId)
      else states.set(def, [command.recordId])
      if (def.key && command.area !== undefined && def.actions[command.action]?.from === 'new') {
        const county = work.areas.county(command.area, command.happenedAt?.slice(0, 10) ?? day) ?? command.area
        const wanted = keyed.get(def)
        const one = { county, fields: command.input }
        if (wanted) wanted.push(one)
        else keyed.set(def, [one])
      }
    }
  }
  await work.prefetch(states)
  for (const [def, candidates] of keyed) await work.keys.prefetch(def, candidates)
  return readEvents(work.run, ids)
}
