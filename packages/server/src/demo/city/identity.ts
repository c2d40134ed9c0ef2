import { idCheckCharacter } from '@guatu/kernel'

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧'] as const
const STEMS = [...'甲乙丙丁戊己庚辛壬癸'] as const
const BRANCHES = [...'子丑寅卯辰巳午未申酉戌亥'] as const

/** Names of the sixty-year cycle, such as 王甲子: nobody is called so, and everybody sees that it is made up. */
export function inventedName(k: number): string {
  const stem = STEMS[k % STEMS.length] ?? ''
  const branch = BRANCHES[Math.floor(k / STEMS.length) % BRANCHES.length] ?? ''
  return `${SURNAMES[Math.floor(k / 120) % SURNAMES.length] ?? ''}${stem}${branch}`
}

const PLACES = 100
const SERIES = 999
/** Coprime steps, so that people who share place and series number never share a birthday. */
const DAY_STEP = 53
const BLOCK_STEP = 9
/** The days of a year without 29 February, as `MMDD`. */
const DAYS: readonly string[] = Array.from({ length: 365 }, (_, days) =>
  Temporal.PlainDate.from('2001-01-01').add({ days }).toString().slice(5).replace('-', ''),
)

/**
 * Identity number of an invented person: right check digit, an address code 5199xx that was never given out, unique for each `k`
 * below 36 million whatever the year of birth.
 */
export function inventedIdentityNumber(k: number, birthYear: number): string {
  const within = k % (PLACES * SERIES)
  const block = Math.floor(k / (PLACES * SERIES))
  const place = String(Math.floor(within / SERIES)).padStart(2, '0')
  const series = String((within % SERIES) + 1).padStart(3, '0')
  const birth = `${birthYear}${DAYS[(k * DAY_STEP + block * BLOCK_STEP) % DAYS.length] ?? ''}`
  const seventeen = `5199${place}${birth}${series}`
  return seventeen + idCheckCharacter(seventeen)
}

/** A landline below area code 000, which does not exist. */
export const inventedPhone = (k: number): string => `0000-${String(k % 10_000_000).padStart(7, '0')}`
