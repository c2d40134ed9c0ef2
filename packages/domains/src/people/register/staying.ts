import { type Act, derivedId, type Fields, type Follow, f, MOVE, type Places, type RecordState } from '@guatu/kernel'

/** Where somebody came to stay, and in which household there. */
export const STAYS = {
  village: f.area({ label: { zh: '到达村（社区）', en: 'Village' } }),
  home: f.record({ label: { zh: '到达后所在户', en: 'Household there' }, of: 'household', optional: true }),
} satisfies Fields

/** What the home that they were registered in was told. */
export const TOLD = { told: { record: 'need', by: 'household', through: 'leftHome', sees: [], onward: true } } as const

interface Staying {
  readonly area: string
  readonly act: Act
  readonly places: Places
  readonly related: Readonly<Record<string, readonly RecordState[]>>
  readonly before:
    | { readonly household?: string; readonly cameFrom?: string; readonly leftHome?: string; readonly broughtBy?: string }
    | undefined
}

const own = ({ act }: Staying, action: string, more: Pick<Follow, 'area' | 'input'>): Follow => ({
  record: 'person',
  recordId: act.recordId,
  action,
  ...more,
})

const toldBy = (person: string, broughtBy: unknown): string => derivedId(`told/${person}/${broughtBy}`)

/** They go there with what is open of them, and whoever looks after the home that they were registered in is told. */
export function movedToStay(at: Staying): readonly Follow[] {
  const { before, act, area, places } = at
  const { village, home, broughtBy } = act.input
  const place = places.name(String(village)) ?? ''
  return [
    own(at, MOVE, { area: String(village), input: {} }),
    ...(typeof home === 'string' ? [own(at, 'changeHousehold', { input: { household: home } })] : []),
    {
      record: 'need',
      recordId: toldBy(act.recordId, broughtBy),
      once: true,
      action: 'open',
      area,
      input: {
        kind: 'tell',
        dueOn: act.day,
        text: `在本村登记的一人已到${place}，由当地接收管理，登记随之迁往当地；有出入请与当地联系。`,
        ...(before?.household === undefined ? {} : { household: before.household }),
      },
    },
  ]
}

/** Back where they were, unless an office moved them on since; and nobody is to be told any more. */
export function movedBack(at: Staying): readonly Follow[] {
  const { before, act, related } = at
  if (before?.cameFrom === undefined) return []
  const { cameFrom, leftHome, broughtBy } = before
  const told = (related.told ?? []).filter(
    ({ id, state }) => id === toldBy(act.recordId, broughtBy) && (state === 'open' || state === 'taken'),
  )
  return [
    own(at, MOVE, { area: cameFrom, input: {} }),
    ...(leftHome === undefined ? [] : [own(at, 'comeHome', { input: { household: leftHome } })]),
    ...told.map(({ id }): Follow => ({ record: 'need', recordId: id, action: 'lapse', input: { result: '接收已撤回' } })),
  ]
}
