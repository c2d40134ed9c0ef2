import { namesOf } from '@guatu/kernel'
import { pinyin } from 'pinyin-pro'

/** What a Chinese name ends in by what it names, the longest first, and what that is called in English. */
const KINDS: readonly (readonly [string, string])[] = [
  ['经济技术开发区', 'Economic and Technological Development Zone'],
  ['经济开发区', 'Economic Development Zone'],
  ['开发区', 'Development Zone'],
  ['高新区', 'High-tech Zone'],
  ['新区', 'New Area'],
  ['自治州', 'Autonomous Prefecture'],
  ['自治县', 'Autonomous County'],
  ['街道办事处', 'Subdistrict'],
  ['街道', 'Subdistrict'],
  ['村民委员会', 'Village'],
  ['社区居民委员会', 'Community'],
  ['社区居委会', 'Community'],
  ['居民委员会', 'Community'],
  ['村委会', 'Village'],
  ['居委会', 'Community'],
  ['社区', 'Community'],
  ['网格', 'Grid'],
  ['省', 'Province'],
  ['市', 'City'],
  ['区', 'District'],
  ['县', 'County'],
  ['镇', 'Town'],
  ['乡', 'Township'],
  ['村', 'Village'],
]

const HAN = /\p{Script=Han}/u
/** Read otherwise in names of places than in sentences. */
const IN_NAMES: Readonly<Record<string, string>> = { 曾: 'zeng' }

/** 曾口 → Zengkou, 西安 → Xi’an: as one word, with the sign where a syllable begins with a vowel. */
function spelled(name: string): string {
  const read = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' })
  const characters = name.match(/\p{Script=Han}|[^\p{Script=Han}]+/gu) ?? []
  const word = read
    .map((one, i) => IN_NAMES[characters[i] ?? ''] ?? one)
    .reduce((all, one) => all + (all && /^[aoe]/.test(one) ? '’' : '') + one, '')
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/**
 * The name of an area for readers of English: 曾口镇 is Zengkou Town. Provinces and cities as the list of places has them, others by pinyin; a name
 * without Chinese characters stays as it is, and one of a single syllable keeps what it ends in: 单县 is Danxian County.
 */
export function latinName(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  const made = HAN.test(name) ? inLatin(name) : name
  names.set(name, made)
  return made
}

/** Everybody reads the pages that name areas, and an area is called the same on all of them. */
const names = new Map<string, string>()

function inLatin(name: string): string {
  const [end, kind] = KINDS.find(([one]) => name.endsWith(one) && name.length > one.length) ?? ['', '']
  const own = name.slice(0, name.length - end.length)
  const listed = namesOf([own]).en
  const said = HAN.test(listed) ? spelled(own.length === 1 ? name : own) : listed
  return kind === '' ? said : `${said} ${kind}`
}
