/** Length of stay in hospital as a survival curve by whole days. */
import { demand } from '../../outcome.ts'

/** `survival[d]` is the chance to be still there `d` days after admission, at 24:00; `survival[0]` counts those who leave on the day of admission out. */
export interface StayCurve {
  readonly survival: Float64Array
  readonly meanDays: number
}

/**
 * Survival curve from the chance of leaving after exactly d = 0, 1, 2, … days. S(d) = Σ_(i > d) pmf(i), mean stay
 * Σ_d S(d). A definition, which needs no source.
 *
 * @param pmf pmf[d]: chance of leaving after exactly d days.
 * @returns Survival by whole days since admission (shares) and the mean stay in days.
 * @throws InputError `stay-not-a-distribution` unless the chances are not negative and add up to 1 within 1e-9.
 */
export function stayCurve(pmf: readonly number[]): StayCurve {
  const total = pmf.reduce((sum, chance) => sum + chance, 0)
  demand(
    pmf.length > 0 && pmf.every((chance) => chance >= 0) && Math.abs(total - 1) < 1e-9,
    'stay-not-a-distribution',
    '住院日分布的概率应非负且合计为 1',
    'The chances of the length of stay must not be negative and must add up to 1',
  )
  const survival = new Float64Array(pmf.length)
  // Summed from the tail, so that the last values are exact zeros and not leftovers of 1 - sum.
  let beyond = 0
  let meanDays = 0
  for (let d = pmf.length - 1; d >= 0; d -= 1) {
    survival[d] = beyond
    meanDays += beyond
    beyond += pmf[d] as number
  }
  return { survival, meanDays }
}

/**
 * Length of stay counted from patients: those who left give the length, those still there say "longer than" (Kaplan and Meier 1958,
 * doi:10.1080/01621459.1958.10501452). What is beyond the longest stay seen is taken to end there. S(d) falls by leaving / at risk on each
 * day.
 *
 * @param patients Days since admission of each patient, and whether they have left.
 * @returns As `stayCurve`.
 * @throws InputError `no-completed-stay` when nobody has left yet.
 */
export function stayCurveFrom(patients: readonly { readonly days: number; readonly left: boolean }[]): StayCurve {
  demand(
    patients.some((patient) => patient.left),
    'no-completed-stay',
    '没有已出院的病人，无法估计住院日',
    'No patient has left yet: the length of stay cannot be estimated',
  )
  const longest = patients.reduce((most, patient) => Math.max(most, patient.days), 0)
  const pmf: number[] = []
  let surviving = 1
  for (let d = 0; d <= longest; d += 1) {
    const atRisk = patients.filter((patient) => patient.days >= d).length
    const leaving = patients.filter((patient) => patient.left && patient.days === d).length
    const chance = d === longest ? surviving : atRisk === 0 ? 0 : (surviving * leaving) / atRisk
    pmf.push(chance)
    surviving -= chance
  }
  return stayCurve(pmf)
}
