import { addDays, dayOf, type Places, type Problem, refuse, type Situation } from '@guatu/kernel'
import { governments, organOf } from './authority.ts'
import type { fields } from './fields.ts'
import { basesOf, MEASURES } from './law.ts'
import { areasClosed } from './scope.ts'

type OrderSituation = Situation<typeof fields>

const LEVELS: readonly string[] = ['province', 'city', 'county', 'town', 'village', 'grid', 'building']

/** What an order must say before it may limit anybody, with the decision that comes on top (design law 6). */
export const REQUIRED = [
  'organ',
  'measure',
  'basis',
  'basisVersion',
  'scope',
  'reason',
  'start',
  'end',
  'reviewBy',
  'announcement',
] as const

/** Why an order may not go on; undefined when it says all that the law asks, as things stand on the day. */
export const orderProblem = (at: OrderSituation): Problem | undefined =>
  incomplete(at) ?? wrongOrgan(at) ?? wrongBasis(at) ?? wrongScope(at) ?? wrongTimes(at) ?? wrongAllowance(at) ?? lowRisk(at)

function incomplete({ after }: OrderSituation): Problem | undefined {
  const missing = [
    ...REQUIRED.filter((name) => after[name] === undefined),
    ...((after.areas ?? []).length + (after.sites ?? []).length === 0 ? ['areas'] : []),
    // Those whom isolation of a place holds get their living support, and a name who answers for it.
    ...(after.measure === 'isolatePlace' && after.support === undefined ? ['support'] : []),
  ]
  return missing.length === 0
    ? undefined
    : refuse(
        'order-incomplete',
        {
          zh: '决定尚缺法定要素，请补齐：机关、依据及版本、范围、事由、起止、复核日期、公告（隔离场所还需生活保障）。',
          en: 'The order lacks what the law asks: organ, basis and version, scope, reason, start, end, review date, announcement (and support, where a place is isolated).',
        },
        { path: `input.${missing[0]}`, data: { missing } },
      )
}

function wrongOrgan(at: OrderSituation): Problem | undefined {
  const { after, places, today, area, parameter } = at
  const organ = organOf(at) ?? ''
  // What is in force goes on under whoever took over; what is still to be decided is decided by a government of today.
  if (at.state !== 'inForce' && organ !== '' && organ !== after.organ) return organEnded(after.organ ?? '', organ, places)
  const level = places.level(organ, today)
  const allowed = parameter<readonly string[]>('closures.organ.levels')
  if (level === undefined || !allowed.includes(level))
    return refuse(
      'organ-too-low',
      {
        zh: '决定机关应为县级以上人民政府或其指挥部。',
        en: 'The deciding organ must be a government of county level or above, or its headquarters.',
      },
      { path: 'input.organ' },
    )
  const here = places.path(area, today) ?? ''
  const reach = governments(organ, places, today).at(-1)?.path
  return reach !== undefined && here.startsWith(reach)
    ? undefined
    : refuse(
        'organ-elsewhere',
        { zh: '该机关不能在其辖区以外作出决定。', en: 'The organ cannot decide outside of its own territory.' },
        { path: 'input.organ' },
      )
}

function organEnded(organ: string, now: string, places: Places): Problem {
  const [name, heir] = [organ, now].map((one) => places.name(one) ?? one)
  return refuse(
    'organ-ended',
    {
      zh: `决定机关“${name}”已撤并，现为“${heir}”。请改选现行机关；已报批的请撤回，由现行机关重新草拟。`,
      en: `The deciding organ “${name}” has ended by a reform; ${heir} took over. Choose the organ of today; what was handed in is withdrawn and drafted anew by it.`,
    },
    { path: 'input.organ', data: { organ, now } },
  )
}

function wrongBasis({ after, parameter }: OrderSituation): Problem | undefined {
  const bases = basesOf(after.measure ?? '', parameter)
  return bases.some((one) => one.basis.zh === after.basis && one.version.zh === after.basisVersion)
    ? undefined
    : refuse(
        'basis-not-in-force',
        {
          zh: `该依据或版本当日不适用于“${MEASURES[after.measure ?? 'closeArea'].zh}”；请从当日有效的依据中选择。`,
          en: `This provision or version does not carry “${MEASURES[after.measure ?? 'closeArea'].en}” on that day; choose one in force.`,
        },
        { path: 'input.basis', data: { bases: bases.map((one) => ({ basis: one.basis.zh, version: one.version.zh })) } },
      )
}

function wrongScope(at: OrderSituation): Problem | undefined {
  const { after, places, today, area, parameter } = at
  const here = places.path(area, today) ?? ''
  // What is in force goes on where reforms have put it; what is still to be decided names the areas of today.
  const ended = at.state === 'inForce' ? undefined : scopeEnded(at)
  if (ended) return ended
  const outside = areasClosed(after, places, today, at.zone).find(({ path }) => !path.startsWith(here))?.area
  if (outside !== undefined)
    return refuse(
      'scope-outside',
      { zh: '封控范围应在登记区划之内。', en: 'The scope must lie within the area where the order stands.' },
      { path: 'input.areas', data: { area: outside } },
    )
  const widest = parameter<string>(`closures.widest.${after.measure}`, 'province')
  const living = (after.areas ?? []).filter((one) => places.path(one, today) !== undefined)
  const wide = living.find((one) => LEVELS.indexOf(places.level(one, today) ?? '') < LEVELS.indexOf(widest))
  return wide === undefined
    ? undefined
    : refuse(
        'scope-too-wide',
        {
          zh: '范围过大：封闭管理应具体到村（社区）、村组、网格或楼栋，隔离场所应具体到场所、网格或楼栋。',
          en: 'The scope is too wide: closed management names villages, groups, grids or buildings, isolation names places, grids or buildings.',
        },
        { path: 'input.areas', data: { area: wide, widest } },
      )
}

/** A reform ended an area before anybody decided: what takes its place may be more, so somebody says anew what is meant. */
function scopeEnded({ after, places, today }: OrderSituation): Problem | undefined {
  const ended = (after.areas ?? []).find((one) => places.path(one, today) === undefined)
  if (ended === undefined) return undefined
  const now = places.inPlaceOf([ended], today).flatMap(({ area }) => places.name(area) ?? [])
  const name = places.name(ended) ?? ended
  return refuse(
    'scope-ended',
    {
      zh: `封控区划“${name}”已撤并${now.length > 0 ? `，现为：${now.join('、')}` : ''}。请改选现行区划；已报批的请撤回，按现行区划重新草拟。`,
      en: `The area “${name}” has ended by a reform${now.length > 0 ? `; in its place: ${now.join(', ')}` : ''}. Choose areas of today; what was handed in is withdrawn and drafted anew.`,
    },
    { path: 'input.areas', data: { area: ended } },
  )
}

function wrongTimes({ after, today, zone, parameter }: OrderSituation): Problem | undefined {
  const { start = '', end = '', reviewBy = '' } = after
  const longest = parameter<number>('closures.longest')
  const latest = Temporal.Instant.from(start || end)
    .add({ hours: 24 * longest })
    .toString({ smallestUnit: 'millisecond' })
  if (end <= start || end > latest)
    return refuse(
      'end-wrong',
      {
        zh: `截止时间应晚于起始，且最长${longest}天；期满仍需封控的，另行决定。`,
        en: `The end must follow the start within ${longest} days; what is needed longer is decided anew.`,
      },
      { path: 'input.end' },
    )
  const every = parameter<number>('closures.review.every')
  const [first, lastDay] = [dayOf(Temporal.Instant.from(start || end), zone), dayOf(Temporal.Instant.from(end), zone)]
  const from = first > today ? first : today
  return reviewBy < today || reviewBy > addDays(from, every) || reviewBy > lastDay
    ? refuse(
        'review-wrong',
        { zh: `复核日期应在${every}天之内，且不晚于截止时间。`, en: `The review must fall within ${every} days and not after the end.` },
        { path: 'input.reviewBy' },
      )
    : undefined
}

/** So many outings are so many in a period: without one they would be without end. */
function wrongAllowance({ after: { outings, outingDays = 0 } }: OrderSituation): Problem | undefined {
  return outings === undefined || outingDays > 0
    ? undefined
    : refuse(
        'allowance-without-period',
        {
          zh: '规定了每户可出行人次的，请同时填写周期（至少1天）；不限次数的请不要填人次。',
          en: 'Outings per household are allowed per period: give the period, one day at least; leave the outings empty where they are not limited.',
        },
        { path: 'input.outingDays' },
      )
}

/** Where the risk is low, roads, villages and markets stay open; the class is the one announced for the county. */
export function lowRisk({ after, related, parameter }: OrderSituation): Problem | undefined {
  const forbidden = parameter<readonly string[]>('closures.lowRisk.forbids', [])
  const classes = parameter<readonly string[]>('closures.lowRisk.classes', [])
  const low = (related.zones ?? []).find((zone) => zone.state === 'announced' && classes.includes(String(zone.fields.zone)))
  return low !== undefined && forbidden.includes(after.measure ?? '')
    ? refuse(
        'low-risk',
        {
          zh: '该区县现为低风险（或同类）地区，不得封路、封村、关闭集市。',
          en: 'The county is zoned low risk (or alike): roads, villages and markets may not be closed there.',
        },
        { path: 'input.measure', data: { zone: low.id } },
      )
    : undefined
}

/** An order is over at its end, whether or not the system has noted it yet. */
export const orderOver = ({ before, act }: OrderSituation): Problem | undefined =>
  before?.end !== undefined && act.happenedAt >= before.end
    ? refuse('order-over', {
        zh: '该决定已到期失效；仍需封控的，请另行决定。',
        en: 'The order has lapsed at its end; decide anew if it is still needed.',
      })
    : undefined
