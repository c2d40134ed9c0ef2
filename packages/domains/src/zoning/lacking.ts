import { type Label, label, type Problem, type SurveyedArea } from '@guatu/kernel'

/** The parameter that tells the populations. */
export const POPULATION = 'zoning.population'

const CLUSTERS = label(
  '没有人填报聚集性疫情，无法判定：请区县在病例日报的“当日认定的聚集性疫情起数”中填写，没有的填0',
  'nobody said whether there were clusters: have the county enter “Clusters found that day” in its daily counts, 0 where there were none',
)
const SHARE = label(
  '缺报的日子里有没有病例不详，无法判定出现病例的县（市、区）是否达到规定的比例',
  'whether there were cases on the days that are owed is not known, nor therefore whether the share of counties with cases is reached',
)
const UNSET = '人口数未设置'
const population = ({ code }: SurveyedArea): Label =>
  label(
    `${UNSET}，无法计算发病率：请在参数“常住人口（区划代码:人数）”中填写 ${code ?? '区划代码'}:人数（由系统管理员设置，写明统计来源）`,
    `the population is not set, so there is no incidence: add ${code ?? 'area code'}:persons to the parameter “Population (area code:persons)” (set by the system administrator, with its source)`,
  )

/** Whether words of `lacking` ask for a figure of the parameter. */
export const asksPopulation = ({ zh }: Label): boolean => zh.startsWith(UNSET)

/** What is missing for a class, in words that say who fills it in where; the refusal's own words for anything else. */
export function lacking(
  area: SurveyedArea,
  why: Problem,
  has: { readonly population: boolean; readonly gaps: readonly Label[] },
): readonly Label[] {
  const facts: readonly unknown[] = Array.isArray(why.data?.facts) ? why.data.facts : []
  const known = [
    ...has.gaps,
    ...(facts.includes('shareOfCountiesAffected') ? [SHARE] : []),
    ...(facts.includes('weeklyIncidencePer100k') && !has.population ? [population(area)] : []),
    ...(facts.some((one) => one === 'clusterWithin14Days' || one === 'clusterOrSustainedSpread') ? [CLUSTERS] : []),
  ]
  return known.length === 0 ? [why.message] : known
}
