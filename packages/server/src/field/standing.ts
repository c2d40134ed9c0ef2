import { type AnyRecord, CORRECT, type Command, type Problem, refuse } from '@guatu/kernel'
import { rowOf } from '../gates/register.ts'
import { namedBy, recordNamed } from '../store/log/mentions.ts'
import type { AreaIndex } from '../store/log/places.ts'
import type { Store } from '../store/store.ts'
import { dayOfAct } from './placing.ts'

/** An act of a phone as it is meant on its day. */
export interface Meant {
  readonly command: Command
  /** Why nobody can say where it belongs: several areas have taken the place of one that it names. */
  readonly divided?: Problem
}

/** An area on a day; where it had ended by then, its heir. */
export function standingOn(index: AreaIndex, area: string, day: string): string {
  let to = area
  for (let heir = index.heir(to); index.path(to, day) === undefined && heir; heir = index.heir(to)) to = heir.area
  return to
}

/** An act whose values name areas as they are called on its day: see `asked`, which says what stands for an area. */
export function withAreas(def: AnyRecord, command: Command, asked: (area: string, name: string) => string): Command {
  const named = new Set(namedBy(def, command).flatMap(({ of, name }) => (of.kind === 'area' ? [name] : [])))
  if (named.size === 0) return command
  const stood = (name: string, value: unknown): unknown =>
    Array.isArray(value) ? value.map((one) => stood(name, one)) : typeof value === 'string' && value !== '' ? asked(value, name) : value
  const within = (input: object) =>
    Object.fromEntries(Object.entries(input).map(([name, value]) => [name, named.has(name) ? stood(name, value) : value]))
  const { input } = command
  const inner = command.action === CORRECT && typeof input.input === 'object' && input.input !== null ? input.input : undefined
  return { ...command, input: inner ? { ...input, input: within(inner) } : within(input) }
}

/**
 * What phones mean that have not heard of a reform: an act that names an area which had ended on its day is about what has taken its place. Where
 * that is one area it is this; where it is several, whoever the act is about says which, and else nobody can.
 */
export async function meantNow(store: Store, commands: readonly Command[]): Promise<readonly Meant[]> {
  const named = (command: Command) => {
    const def = store.registry.records.get(command.record)
    const areas = def ? namedBy(def, command).flatMap(({ of, id }) => (of.kind === 'area' ? [id] : [])) : []
    return def?.actions[command.action]?.from === 'new' && command.area !== undefined ? [command.area, ...areas] : areas
  }
  const unaware = new Set(commands.filter((command) => named(command).some((area) => heirsOf(store, area, dayOfAct(store, command)))))
  if (unaware.size === 0) return commands.map((command) => ({ command }))
  // What came before the reform was known says the area of then, and is the same act when it comes again.
  const known = await store.db.query<{ id: string; input: Readonly<Record<string, unknown>> }>(
    'select id, input from events where id = any($1::uuid[])',
    [Array.from(unaware, ({ id }) => id)],
  )
  const inputs = new Map(known.map(({ id, input }) => [id, input]))
  return Promise.all(
    commands.map((command) => (unaware.has(command) ? meant(store, command, inputs.get(command.id)) : Promise.resolve({ command }))),
  )
}

async function meant(store: Store, command: Command, known: Readonly<Record<string, unknown>> | undefined): Promise<Meant> {
  const def = store.registry.records.get(command.record)
  if (!def) return { command }
  const day = dayOfAct(store, command)
  const unclear: string[] = []
  const stands = (area: string): string => {
    const heirs = heirsOf(store, area, day) ?? [area]
    const [only, ...others] = heirs
    if (only !== undefined && others.length === 0) return only
    unclear.push(area)
    return area
  }
  const said = withAreas(def, command, (area, name) => ([known?.[name]].flat().includes(area) ? area : stands(area)))
  const own = def.actions[command.action]?.from === 'new' ? command.area : undefined
  const among = own === undefined ? undefined : heirsOf(store, own, day)
  const beside = among && among.length !== 1 ? await besideOf(store, def, command, among) : undefined
  const area = beside ?? (own === undefined ? command.area : stands(own))
  const [open] = unclear
  return {
    command: area === undefined ? said : { ...said, area },
    ...(open === undefined ? {} : { divided: dividedArea(store, open, day) }),
  }
}

/** The areas of its own level that had taken the place of one that had ended by a day; undefined for one that lives, and for no area at all. */
function heirsOf({ areas: { tree, index } }: Store, area: string, day: string): readonly string[] | undefined {
  const last = tree.last(area)
  if (!last || last.to === null || last.to > day || index.path(area, day) !== undefined) return undefined
  return index.inPlaceOf([area], day).flatMap((one) => (tree.last(one.area)?.level === last.level ? [one.area] : []))
}

/** Where somebody stands whom an act is about, if that is in one of some areas. */
async function besideOf(store: Store, def: AnyRecord, command: Command, among: readonly string[]): Promise<string | undefined> {
  const { index } = store.areas
  const paths = among.flatMap((area) => index.currentPath(area) ?? [])
  for (const mention of namedBy(def, command)) {
    const target = recordNamed(store.registry, mention)
    const row = target && (await rowOf(store, target.name, mention.id))
    const path = row && index.currentPath(row.area)
    if (row && paths.some((one) => path?.startsWith(one))) return row.area
  }
  return undefined
}

function dividedArea(store: Store, area: string, day: string): Problem {
  const { index } = store.areas
  const name = index.name(area) ?? area
  const now = (heirsOf(store, area, day) ?? []).flatMap((one) => index.name(one) ?? [])
  return refuse(
    'area-divided',
    {
      zh: `“${name}”已撤并，当日起为：${now.join('、') || '无承接区划'}，无法确定本条属于哪一处；已转经办员核定，请同步手机。`,
      en: `“${name}” had ended; in its place: ${now.join(', ') || 'nothing'}. Nobody can say which of them this belongs to: the clerk decides. Let the phone sync.`,
    },
    { status: 409, path: 'area', data: { area } },
  )
}
