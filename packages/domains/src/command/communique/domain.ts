import { FAMILY } from './lexicon/domains.ts'
import { EVIDENCE } from './lexicon/evidence.ts'
import type { DomainCode } from './types.ts'

export interface DomainVote {
  readonly domain: DomainCode
  readonly tier: number
  readonly word: string
  /** Another field of the same tier was named too. */
  readonly contested: boolean
  /** It opens an enumeration of fields: the one named first decides. */
  readonly listed: boolean
}

interface Hit {
  readonly domain: DomainCode
  readonly tier: number
  readonly word: string
  readonly at: number
}

const BY_TIER = [...EVIDENCE].sort((a, b) => b.tier - a.tier)

const DONE_TO_TRAVELLERS: readonly DomainCode[] = [
  'observation',
  'access_control',
  'health_certificate',
  'labour_transport',
  'labour_survey',
]

const SEARCH = /排查|摸排|排摸|筛查|摸底/
const WATCHED = /健康|监测|登记|随访|申报|台账|服务|闭环|报备/

const PEOPLE = /^(?:务工|农民工|返岗|劳动力|就业|密切接触者?|密接|无症状|确诊病例|重点人[群员])$/
/** 重点人群疫苗接种: among equals the people stand back behind what is done with them; 重点人员、重点场所 are equals. */
const place = (hit: Hit, text: string): number =>
  hit.at + (PEOPLE.test(hit.word) && !EQUAL.test(text.slice(hit.at + hit.word.length)) ? REACH : 0)
/** Of two that open at the same place the longer says more: 蔬菜点 is no 蔬菜. */
function before(hit: Hit, top: Hit, text: string): boolean {
  const [own, theirs] = [place(hit, text), place(top, text)]
  return own < theirs || (own === theirs && hit.tier === 4 && hit.word.length > top.word.length)
}
const EQUAL = /^、重点(?:场所|部位|区域|环节|地区|领域)/
/** Longest stretch that is searched for evidence: a directive longer than this is decided by its beginning. */
const REACH = 1200

/**
 * The most specific evidence wins; among equals the object named first. In an enumeration the object named first decides,
 * however specific the later ones are. Null where nothing is named.
 */
export function voteDomain(text: string): DomainVote | null {
  if (text.length > REACH) return voteAnew(text)
  const known = asked.get(text)
  if (known !== undefined) return known
  const vote = voteAnew(text)
  if (asked.size >= REMEMBERED) asked.clear()
  asked.set(text, vote)
  return vote
}

/** Cuts, headings and labels ask about the same clauses again and again; a communiqué has fewer than this. */
const REMEMBERED = 2000
const asked = new Map<string, DomainVote | null>()

function voteAnew(text: string): DomainVote | null {
  const searched = text.slice(0, REACH)
  const hits: Hit[] = []
  for (const { domain, tier, pattern } of BY_TIER) {
    // Broader words are looked at only where nothing more specific is named.
    if (tier < 4 && (hits[0]?.tier ?? 0) > tier) break
    pattern.lastIndex = 0
    const found = pattern.exec(searched)
    if (found === null) continue
    hits.push({ domain, tier, word: found[0], at: found.index })
    // 密切接触者的排查和隔离: after the people, what is done with them.
    const next = PEOPLE.test(found[0]) ? pattern.exec(searched) : null
    if (next !== null) hits.push({ domain, tier, word: next[0], at: next.index })
  }
  let best = hits.reduce<Hit | null>(
    (top, hit) => (top === null || hit.tier > top.tier || (hit.tier === top.tier && before(hit, top, searched)) ? hit : top),
    null,
  )
  if (best === null) return null
  const specific = best
  for (const hit of hits) {
    const end = hit.at + hit.word.length
    const people = PEOPLE.test(hit.word)
    const listed =
      !people &&
      hit.tier >= 4 &&
      specific.tier > hit.tier &&
      end <= specific.at &&
      /^[^的]{0,12}[、和及][^的]{0,40}$/.test(searched.slice(end, specific.at)) &&
      !/(?:做好|实行|落实|开展|进行|实施|加强|抓好)/.test(searched.slice(end, specific.at))
    if (listed && hit.at < best.at) best = hit
  }
  // 外来人员居家隔离措施: travellers are the people; what is done with them is the object, if it is no list (信息核查、转运、隔离).
  const done =
    best.domain === 'travel_health' && best.tier === 5
      ? hits.find((hit) => hit.tier === 5 && DONE_TO_TRAVELLERS.includes(hit.domain) && !searched.slice(best?.at, hit.at).includes('、'))
      : undefined
  const chosen = done ?? best
  const listed = chosen !== specific && chosen !== done
  // 对返程人员加强排查力度: to find them is the search of the grid; what is watched of them is their health.
  const found = chosen.domain === 'travel_health' && SEARCH.test(searched) && !WATCHED.test(searched)
  if (found) return { domain: 'containment', tier: chosen.tier, word: chosen.word, contested: true, listed }
  const contested = hits.some((hit) => hit.tier === chosen.tier && FAMILY[hit.domain] !== FAMILY[chosen.domain])
  return { domain: chosen.domain, tier: chosen.tier, word: chosen.word, contested, listed }
}
