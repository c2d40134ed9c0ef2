import type { Command } from '@guatu/kernel'
import type { InventedPerson } from './households.ts'

/** Origins of those who come home, with their share; the places are real, the shares are ours. */
const ORIGINS: readonly (readonly [name: string, code: string, share: number])[] = [
  ['四川省成都市', '510100', 0.32],
  ['广东省东莞市', '441900', 0.2],
  ['重庆市', '500000', 0.14],
  ['浙江省宁波市', '330200', 0.12],
  ['湖北省武汉市', '420100', 0.07],
  ['江苏省苏州市', '320500', 0.06],
  ['湖北省孝感市', '420900', 0.04],
  ['北京市', '110000', 0.03],
  ['浙江省温州市', '330300', 0.02],
]
/** Where somebody comes from, by chance: name and code. */
export function originAt(at: number): readonly [string, string] {
  let sum = 0
  for (const [name, code, share] of ORIGINS) {
    sum += share
    if (at < sum) return [name, code]
  }
  return ['四川省成都市', '510100']
}

/** What is entered of an invented person. */
export function personInput(one: InventedPerson, household: string): Command['input'] {
  const { name, documentType, documentNumber, birthYear, sex, phone, relation, occupation } = one
  return {
    name,
    documentType,
    ...(documentNumber === undefined ? { birthYear } : { documentNumber }),
    sex,
    household,
    relation,
    occupation,
    ...(phone === undefined ? {} : { phone }),
  }
}
