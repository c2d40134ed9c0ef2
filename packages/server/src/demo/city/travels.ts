import type { Command } from '@guatu/kernel'
import type { Coming } from './city.ts'
import { originAt } from './declared.ts'
import type { InventedHousehold } from './households.ts'
import type { Land, Village } from './places.ts'
import type { Chance } from './random.ts'

const TRANSPORT = ['train', 'coach', 'car', 'shared', 'plane'] as const
/** Services that plainly do not run. */
const SERVICE: Readonly<Partial<Record<(typeof TRANSPORT)[number], string>>> = { train: '示例车次', coach: '示例班线', plane: '示例航班' }

type Places = readonly [string, ...string[]]
/** Real places on the way by origin, none of them listed: what somebody passed through changes no measure here. */
const ON_THE_WAY: Readonly<Record<string, Places>> = {
  '510100': ['四川省南充市', '四川省遂宁市'],
  '441900': ['贵州省贵阳市', '重庆市', '广西桂林市、贵州省贵阳市'],
  '500000': ['四川省达州市', '四川省广安市'],
  '330200': ['安徽省合肥市', '陕西省西安市', '重庆市'],
  '420100': ['重庆市', '陕西省安康市'],
  '320500': ['陕西省西安市', '安徽省合肥市、陕西省西安市'],
  '420900': ['陕西省安康市', '河南省南阳市'],
  '110000': ['陕西省西安市', '四川省广元市'],
  '330300': ['江西省南昌市', '重庆市'],
}
const LANDS_AT: Places = ['四川省成都市', '重庆市']
/** Share of declarations that say where somebody passed through, from far and from the next big cities. */
const SAY_FAR = 0.62
const SAY_NEAR = 0.24
/** Share of those in which the line names the origin once more, or home. */
const SAY_WRONG = 0.05

/** A child comes on the row of the grown-up; of grown-ups few are only named beside another one instead of declaring themselves. */
const CHILD_ALONG = 0.55
const ADULT_ALONG = 0.07
const CHILD_BORN_AFTER = 2001
/** Share of rows on which whoever declares also stands among the companions. */
const NAMES_ONESELF = 0.01

/** Share of those who come home whose registered home was asked, who are registered elsewhere, for whom nobody wrote a place. */
const HOME_ASKED = 0.88
const ELSEWHERE = 0.06
const NO_PLACE = 0.03
const ELSEWHERE_AT: Places = ['四川省达州市', '四川省南充市', '陕西省汉中市', '重庆市', '四川省成都市']
/** Share of own cars of which the plate was written down. */
const PLATE_KNOWN = 0.75

const transportAt = (index: number, chance: Chance) => chance.pick('transport', index, TRANSPORT)

/** How somebody came: origin, transport, places passed through, who came along. */
export function travelOf(index: number, household: InventedHousehold, coming: Coming | undefined, chance: Chance): Command['input'] {
  const [origin, originCode] = originAt(chance.at('origin', index))
  const transport = transportAt(index, chance)
  const service = SERVICE[transport]
  const via = passedThrough(index, origin, originCode, chance)
  const companions = coming === undefined ? [] : cameAlong(index, household, coming, chance)
  return {
    origin,
    originCode,
    ...(via === undefined ? {} : { via }),
    transport,
    ...(service === undefined ? {} : { transportNumber: `${service}${chance.whole('service', index, 900) + 100}` }),
    ...(companions.length > 0 ? { companions } : {}),
  }
}

function passedThrough(index: number, origin: string, originCode: string, chance: Chance): string | undefined {
  const near = originCode.startsWith('51') || originCode.startsWith('50')
  if (chance.at('says via', index) >= (near ? SAY_NEAR : SAY_FAR)) return undefined
  const wrong = chance.at('via wrong', index)
  // Listed or not, the origin is judged already: naming it twice is a slip without consequence.
  if (wrong < SAY_WRONG) return wrong < SAY_WRONG / 2 ? origin : '巴中市'
  const flies = transportAt(index, chance) === 'plane' && !near
  return chance.pick('via', index, flies ? LANDS_AT : (ON_THE_WAY[originCode] ?? LANDS_AT))
}

function cameAlong(index: number, { members }: InventedHousehold, { person }: Coming, chance: Chance): readonly string[] {
  const along = members.flatMap((one, j) => {
    if (one.id === person.id || one.relation === 'parent') return []
    const share = one.birthYear > CHILD_BORN_AFTER ? CHILD_ALONG : ADULT_ALONG
    // A household has fewer than eight members.
    return chance.at('came along', index * 8 + j) < share ? [one.id] : []
  })
  return chance.at('names oneself', index) < NAMES_ONESELF ? [person.id, ...along] : along
}

/** What is asked of those who come home when they are registered, beside what is asked of everybody: where they are registered, and their car. */
export function homeInput(index: number, village: Village, land: Land, chance: Chance): Command['input'] {
  const origin = registeredAt(index, village, land, chance)
  const drives = transportAt(index, chance) === 'car' && chance.at('plate known', index) < PLATE_KNOWN
  return {
    ...(origin === undefined ? {} : { origin }),
    ...(drives ? { plate: `示B${String(index % 100_000).padStart(5, '0')}` } : {}),
  }
}

function registeredAt(index: number, village: Village, land: Land, chance: Chance): string | undefined {
  if (chance.at('registered home asked', index) >= HOME_ASKED) return undefined
  const at = chance.at('registered home', index)
  if (at < ELSEWHERE) return chance.pick('registered elsewhere', index, ELSEWHERE_AT)
  if (at < ELSEWHERE + NO_PLACE) return '同现住址'
  const county = land.counties.find(({ id }) => id === village.county)?.name ?? ''
  return `${chance.pick('registered home words', index, ['四川省巴中市', '巴中市', ''])}${county}`
}
