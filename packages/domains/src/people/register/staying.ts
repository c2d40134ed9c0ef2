import {
  type Act,
  derivedId,
  type Fields,
  type Follow,
  f,
  isHere,
  lasting,
  MOVE,
  type Places,
  type Problem,
  type RecordState,
  refuse,
} from '@guatu/kernel'
import { KEEP } from '../permits.ts'

/** Where somebody came to stay, in which household there, and what says so: the declaration, or whom a gate sent there. */
const STAYS = {
  village: f.area({ label: { zh: '到达村（社区）', en: 'Village' } }),
  home: f.record({ label: { zh: '到达后所在户', en: 'Household there' }, of: 'household', optional: true }),
  broughtBy: f.text({ label: { zh: '接收依据', en: 'Received by' }, max: 36 }),
} satisfies Fields

/** Receipts that do not hold any more; all of them where none is named. */
const NOT_RECEIVED = {
  of: f.list({ label: { zh: '撤回的接收依据', en: 'Received by, taken back' }, item: STAYS.broughtBy, max: 60, optional: true }),
} satisfies Fields

/** What the home that they are registered in was told before. */
const TELLS = { told: { record: 'need', by: 'household', through: 'household', sees: [], onward: true } } as const

/** What the home that they were registered in was told, and whether it is there still. */
const TOLD = {
  told: { ...TELLS.told, through: 'leftHome' },
  home: { record: 'household', at: 'leftHome', sees: ['emptiedBy'], onward: true },
} as const

interface Received {
  readonly household?: string
  readonly address?: string
  readonly mergedInto?: string
  readonly cameFrom?: string
  readonly leftHome?: string
  readonly leftAddress?: string
  readonly receipts?: readonly string[]
}

interface Staying {
  readonly area: string
  readonly act: Act
  readonly places: Places
  readonly related: Readonly<Record<string, readonly RecordState[]>>
  readonly before: Received | undefined
}

/** One receipt: by what, and where. */
const receipt = (by: unknown, village: unknown): string => `${by} ${village}`
const byOf = (one: string): string => one.slice(0, one.indexOf(' '))
const villageOf = (one: string | undefined): string | undefined => one?.slice(one.indexOf(' ') + 1)

/** The receipts that hold, once those of an act do not. */
const left = ({ receipts = [] }: Received, { input }: Pick<Act, 'input'>): readonly string[] => {
  const of = input.of
  return Array.isArray(of) ? receipts.filter((one) => !of.includes(byOf(one))) : []
}

/** Nothing is kept of where somebody was before. */
const FORGOTTEN = { cameFrom: null, leftHome: null, receipts: null } as const

/** Where the register had them before anybody received them is kept until an office moves them on, or they are back. */
const receivedBy = (row: Received, act: Act) => {
  const { broughtBy, village } = act.input
  if (row.mergedInto !== undefined) return {}
  const receipts = [...(row.receipts ?? []).filter((one) => byOf(one) !== broughtBy), receipt(broughtBy, village)]
  const from = { cameFrom: act.area, leftHome: row.household ?? null, leftAddress: row.address ?? null }
  return { ...(row.cameFrom === undefined ? from : {}), receipts, neededOn: act.day, erasureProposedOn: null }
}

const takenBack = (row: Received, act: Pick<Act, 'input'>) => {
  const receipts = left(row, act)
  return receipts.length === 0 ? FORGOTTEN : { receipts }
}

/** Who is moved elsewhere than where they were received is registered there from then on, and no receipt takes them away again. */
export function movedOn(at: Staying): readonly Follow[] {
  const { receipts } = at.before ?? {}
  const stays = receipts === undefined || villageOf(receipts.at(-1)) === at.act.area
  return stays || at.act.area === at.area ? [] : [own(at, 'settle', { input: {} })]
}

const settled = () => ({ ...FORGOTTEN, leftAddress: null })

/** Only who was received elsewhere than they were registered goes back. */
const mayGoBack = ({ before }: Pick<Staying, 'before'>): Problem | undefined =>
  before?.receipts === undefined
    ? refuse('not-received', {
        zh: '此人不是因到达接收而迁来的，不能退回；住址有变的请用“迁往其他区划”或“迁入另一户”。',
        en: 'This person did not come here by being received, and there is nowhere to go back to: move them to another area or household.',
      })
    : undefined

const own = ({ act }: Staying, action: string, more: Pick<Follow, 'area' | 'input'>): Follow => ({
  record: 'person',
  recordId: act.recordId,
  action,
  ...more,
})

/** The same of the entry into which this one was merged. */
const ofSurvivor = ({ act, before }: Staying): readonly Follow[] =>
  before?.mergedInto === undefined
    ? []
    : [
        {
          record: 'person',
          recordId: before.mergedInto,
          action: act.input.village === undefined ? 'goBack' : 'comeToStay',
          input: act.input,
        },
      ]

/** Each time that they are received their home is told, also by one and the same receipt. */
const toldAs = (person: string, by: unknown, time: number): string => derivedId(`told/${person}/${by}${time === 0 ? '' : `/${time}`}`)

/** They go there with what is open of them, and whoever looks after the home that they were registered in is told. */
function movedToStay(at: Staying): readonly Follow[] {
  const { before, act, area, places, related } = at
  if (before?.mergedInto !== undefined) return ofSurvivor(at)
  const { village, home, broughtBy } = act.input
  const place = places.name(String(village)) ?? ''
  const there = isHere(at, area, String(village))
  const told = new Map((related.told ?? []).map(({ id, state }) => [id, state]))
  let time = 0
  while (told.get(toldAs(act.recordId, broughtBy, time)) === 'lapsed') time += 1
  return [
    ...(there ? [] : [own(at, MOVE, { area: String(village), input: {} })]),
    ...(typeof home === 'string' && home !== before?.household ? [own(at, 'changeHousehold', { input: { household: home } })] : []),
    ...(there
      ? []
      : [
          {
            record: 'need',
            recordId: toldAs(act.recordId, broughtBy, time),
            once: true as const,
            action: 'open',
            area,
            input: {
              kind: 'tell',
              dueOn: act.day,
              text: `在本村登记的一人已到${place}，由当地接收管理，登记随之迁往当地；有出入请与当地联系。`,
              ...(before?.household === undefined ? {} : { household: before.household }),
            },
          },
        ]),
  ]
}

/**
 * Back where the receipt that still holds has them; with none, where they were registered, to the household as far as it is there still, and nobody is
 * to be told any more.
 */
function movedBack(at: Staying): readonly Follow[] {
  const { before, act, area, related } = at
  if (before?.receipts === undefined || before.cameFrom === undefined) return ofSurvivor(at)
  const { cameFrom, leftHome, receipts } = before
  const holds = left(before, act)
  const to = villageOf(holds.at(-1)) ?? cameFrom
  const moved = villageOf(receipts.at(-1)) === to || isHere(at, area, to) ? [] : [own(at, MOVE, { area: to, input: {} })]
  if (holds.length > 0) return [...moved, ...ofSurvivor(at)]
  const [home] = related.home ?? []
  const isGone = home?.state === 'dissolved' && home.fields.emptiedBy === undefined
  const told = (related.told ?? []).filter(({ state }) => state === 'open' || state === 'taken')
  const by = [...receipts.map(byOf), ...(Array.isArray(act.input.of) ? act.input.of : [])]
  const series = new Set((related.told ?? []).flatMap((_, time) => by.map((one) => toldAs(act.recordId, one, time))))
  return [
    ...moved,
    own(at, 'comeHome', { input: leftHome === undefined || isGone ? {} : { household: leftHome } }),
    ...told
      .filter(({ id }) => series.has(id))
      .map(({ id }): Follow => ({ record: 'need', recordId: id, action: 'lapse', input: { result: '接收已撤回' } })),
    ...ofSurvivor(at),
  ]
}

/** What receipts do to an entry. But for sending back, nobody presses these. */
export const RECEIVED = {
  comeToStay: {
    label: { zh: '由到达地接收管理', en: 'Received where they arrived' },
    from: ['registered', 'merged'],
    to: 'same',
    by: {},
    automatic: true,
    with: STAYS,
    related: TELLS,
    effect: receivedBy,
    follows: movedToStay,
    settles: [],
  },
  goBack: {
    label: { zh: '接收已撤回，回原登记地', en: 'Not received after all: back where they were registered' },
    from: ['registered', 'merged'],
    to: 'same',
    by: {},
    automatic: true,
    with: NOT_RECEIVED,
    related: TOLD,
    effect: takenBack,
    follows: movedBack,
    settles: [],
  },
  sendBack: {
    label: { zh: '退回原登记地', en: 'Send back to where they were registered' },
    from: ['registered'],
    to: 'same',
    by: KEEP,
    when: { op: 'given', field: 'receipts' },
    related: TOLD,
    guard: mayGoBack,
    effect: takenBack,
    follows: movedBack,
    settles: lasting(
      '退回有误的，请在到达地重新申报到达，登记随之迁来。',
      'Where that was wrong, declare the arrival where they are: the entry comes along.',
    ),
  },
  settle: {
    label: { zh: '已另行迁移，登记随之', en: 'Moved on since: registered there' },
    from: ['registered'],
    to: 'same',
    by: {},
    automatic: true,
    effect: settled,
    settles: [],
  },
} as const
