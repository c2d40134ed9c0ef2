import { type Action, CORRECT, type Draft, type Follow, f, type Label, MOVE, type RecordState, type Situation } from '@guatu/kernel'
import { OPEN } from '../watch/entrusted.ts'
import { calledTo, homeOf } from './consequences.ts'
import { isUnderWay } from './sick.ts'
import { atPerson, INFORMS } from './told.ts'
import type { fields } from './transfer-fields.ts'

type At = Situation<typeof fields>

/** As many as a person has of one kind at most, by far. */
const MOST = 500
const several = (label: Label, of: string) => f.list({ label, item: f.record({ label, of }), max: MOST, optional: true })

/** What is of the other one of two entries that were taken for one person. */
const OTHERS = {
  watches: several({ zh: '他人的观察', en: 'Observations of the other' }, 'watch'),
  households: several({ zh: '他人的户', en: 'Households of the other' }, 'household'),
  arrivals: several({ zh: '他人的返巴申报', en: 'Arrivals of the other' }, 'arrival'),
  lines: several({ zh: '他人的卡口登记', en: 'Lines at gates of the other' }, 'crossing'),
} as const

const othersIn = ({ input }: At['act'], name: keyof typeof OTHERS) => (input[name] ?? []) as readonly string[]

/** By what signs come to a transfer, and how each asks for one of its own person. */
const SIGNS = [
  ['watches', 'watch', 'goOwnWay'],
  ['arrivals', 'arrival', 'sendOn'],
  ['lines', 'crossing', 'refer'],
] as const

const struck = (record: string, recordId: string, act: object): Follow => ({
  record,
  recordId,
  action: CORRECT,
  input: { act, reason: '合并登记已撤销', void: true },
})

/**
 * Two people after all. The observation of the other one knows no more of this transfer, and goes on where this one had ended it; their signs stand
 * on it no more, and ask for a transfer of their own. What the clinic has cleared, or nobody went to, is over for both.
 */
function parted(at: At): readonly Follow[] {
  const { act, state, related } = at
  if (state === 'cleared' || state === 'cancelled') return []
  const { recordId: id } = act
  return [
    ...othersIn(act, 'watches').flatMap((watch) => [
      { record: 'watch', recordId: watch, action: 'letOff', input: { of: id } },
      struck('watch', watch, { action: 'attend', followed: { record: 'transfer', id } }),
      struck('watch', watch, { action: 'attend', input: { transfer: id } }),
      // What it had taken over from an observation of this person goes with it.
      ...(related.mine ?? []).map((mine) => struck('watch', watch, { action: 'join', input: { double: mine.id } })),
    ]),
    ...SIGNS.flatMap(([name, record]) =>
      othersIn(act, name).map((source) => struck('transfer', id, { action: 'note', followed: { record, id: source } })),
    ),
    ...(isUnderWay({ state: state ?? '' }) ? atHome(at) : []),
    ...(state === 'confirmed' && isOthers(at) ? [{ record: 'transfer', recordId: id, action: 'count', input: { unobserved: true } }] : []),
    { record: 'transfer', recordId: id, action: 'recall', input: {} },
    ...SIGNS.flatMap(([name, record, action]) => othersIn(act, name).map((recordId) => ({ record, recordId, action, input: {} }))),
  ]
}

/** The observation that it ended was that of the other one, and none of its own person was, nor goes on as that one. */
const isOthers = ({ before, act, related }: At): boolean =>
  othersIn(act, 'watches').includes(String(before?.watch)) &&
  !(related.mine ?? []).some((one) => one.fields.confirmedOn !== undefined || one.fields.keptBy !== undefined)

/**
 * The home of its own person is told, and that of the other one no more. Where no home is known there is one task, which goes from whoever looks
 * after the other one to whoever looks after this one.
 */
function atHome(at: At): readonly Follow[] {
  const [watches, households] = [othersIn(at.act, 'watches'), othersIn(at.act, 'households')]
  const theirs = ({ fields: { watch, household } }: RecordState) =>
    watches.includes(String(watch)) || households.includes(String(household))
  const tells = (at.related.tells ?? []).filter((one) => OPEN.includes(one.state) && theirs(one))
  const stays = ({ fields }: RecordState) => fields.household === undefined && homeOf(at) === undefined
  return [
    ...tells.flatMap((one): readonly Follow[] => {
      const own = { record: 'need', recordId: one.id }
      if (!stays(one)) return [{ ...own, action: 'cancel', input: { result: '合并登记已撤销' } }]
      return [
        { ...own, action: 'passOn', input: { watch: null, worker: null, ...atPerson(at) } },
        ...(one.area === at.area ? [] : [{ ...own, action: MOVE, area: at.area, input: {} }]),
      ]
    }),
    ...calledTo(at),
  ]
}

/** The two entries of the register under which somebody was sent to the clinic are two people after all. */
export const part = {
  label: { zh: '合并登记已撤销，各自转诊', en: 'Two people after all: to the clinic on their own' },
  from: ['open', 'sent', 'admitted', 'cleared', 'suspected', 'confirmed', 'cancelled'],
  to: 'same',
  by: {},
  automatic: true,
  with: OTHERS,
  related: { ...INFORMS, tells: { record: 'need', by: 'transfer', sees: ['watch', 'household'], onward: true } },
  effect: ({ watch, household }: Draft<typeof fields>, { input }) => ({
    ...(watch !== undefined && ((input.watches ?? []) as readonly string[]).includes(watch) ? { watch: null } : {}),
    ...(household !== undefined && ((input.households ?? []) as readonly string[]).includes(household) ? { household: null } : {}),
  }),
  follows: parted,
} as const satisfies Action<typeof fields, string>
