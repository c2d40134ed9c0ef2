import { derivedId } from '@guatu/kernel'
import { inventedIdentityNumber, inventedName, inventedPhone } from './identity.ts'
import type { Chance } from './random.ts'

export interface InventedPerson {
  readonly id: string
  readonly name: string
  readonly birthYear: number
  readonly sex: 'male' | 'female'
  readonly documentType: 'nationalId' | 'none'
  readonly documentNumber: string | undefined
  readonly phone: string | undefined
  readonly relation: 'head' | 'spouse' | 'child' | 'parent'
  readonly occupation: string
}

export interface InventedHousehold {
  readonly id: string
  /** Number within the city. */
  readonly index: number
  readonly village: string
  readonly door: string
  readonly members: readonly InventedPerson[]
}

/** People of a household at most: how many numbers each household is given. */
const MOST_MEMBERS = 6
/** Share of households with 1, 2, … members; mean 2.9 (census of 2020: 2.6 in a household of Sichuan; with parents, a little more). */
const SIZES = [0.14, 0.27, 0.27, 0.19, 0.09, 0.04] as const
const WORK = ['务农', '务工', '个体', '教师', '学生', '退休', '无业'] as const

/** One household of the city: always the same for the same chance and number, whatever the size of the city. */
export function householdAt(index: number, village: string, chance: Chance): InventedHousehold {
  const size = sizeAt(index, chance)
  const headBorn = 1945 + chance.whole('head born', index, 45)
  const members = Array.from({ length: size }, (_, j): InventedPerson => {
    const k = index * MOST_MEMBERS + j
    const relation = j === 0 ? 'head' : j === 1 && size > 1 ? 'spouse' : j === size - 1 && size >= 4 && headBorn > 1960 ? 'parent' : 'child'
    const born =
      relation === 'head'
        ? headBorn
        : relation === 'spouse'
          ? headBorn + chance.whole('spouse born', k, 5) - 2
          : relation === 'parent'
            ? headBorn - 22 - chance.whole('parent born', k, 8)
            : Math.min(2019, headBorn + 22 + chance.whole('child born', k, 10))
    const documented = chance.at('document', k) > 0.004
    const adult = born < 2008
    return {
      id: derivedId(`invented person ${k}`),
      name: inventedName(k),
      birthYear: born,
      sex: chance.at('sex', k) < 0.51 ? 'male' : 'female',
      documentType: documented ? 'nationalId' : 'none',
      documentNumber: documented ? inventedIdentityNumber(k, born) : undefined,
      phone: adult && chance.at('phone', k) < 0.9 ? inventedPhone(k) : undefined,
      relation,
      occupation: born > 2001 ? '学生' : born < 1960 ? '退休' : chance.pick('work', k, WORK),
    }
  })
  const group = 1 + chance.whole('group', index, 9)
  return {
    id: derivedId(`invented household ${index}`),
    index,
    village,
    door:
      chance.at('door', index) < 0.3
        ? `示例小区${group}栋${1 + chance.whole('unit', index, 3)}单元${101 + chance.whole('floor', index, 6) * 100}`
        : `${group}组${1 + chance.whole('house', index, 60)}号`,
    members,
  }
}

/** How many people a household has, without making them. */
export function sizeAt(index: number, chance: Chance): number {
  const at = chance.at('household size', index)
  let sum = 0
  for (const [i, share] of SIZES.entries()) {
    sum += share
    if (at < sum) return i + 1
  }
  return SIZES.length
}
