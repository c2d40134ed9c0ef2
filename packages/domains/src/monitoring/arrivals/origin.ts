import { fill, label, namesOf, type Problem, refuse, whence } from '@guatu/kernel'
import type { ArrivalSituation } from './assessment.ts'

const ASK = label(
  '来源地“{origin}”认不出是哪个省、市，无法判断是否来自疫情较重地区（{places}）。请写明省、市；写不明的，请在“14天旅居和接触史”中如实选择：到过的选“疫情较重地区旅居史”，没有的选“无”。',
  'The place “{origin}” is not recognised, so it cannot be told whether it is a listed place ({places}). Write province and city; where that is not possible, answer “Stays and contacts of 14 days” truthfully: “Stayed in a listed place”, or “None”.',
)

/**
 * Of an origin that is recognised as no place, nobody takes for granted that it is none of the list: whoever declares is asked. A gate has asked, and
 * decided, already.
 */
export function unplaced({ after, today, parameterOn }: ArrivalSituation): Problem | undefined {
  const { origin, history, gateMeasure, arrivedOn } = after
  if (origin === undefined || gateMeasure !== undefined || (history ?? []).length > 0) return undefined
  const places = parameterOn(arrivedOn ?? today)<readonly string[]>('monitoring.listed.places')
  const { listed, known } = whence(places, after)
  if (known || listed !== undefined || places.length === 0) return undefined
  const { zh, en } = namesOf(places)
  return refuse(
    'origin-unknown',
    { zh: fill(ASK, { origin, places: zh }).zh, en: fill(ASK, { origin, places: en }).en },
    { path: 'input.history' },
  )
}
