/** When a case could infect, and when a contact may be released: calendar arithmetic with all day counts passed in as dated parameters. */
import { demand } from '../../outcome.ts'

/** Days before onset (or before the sample of a case without symptoms) from which contacts are sought. */
export interface ExposureRule {
  readonly daysBeforeOnset: number
  readonly daysBeforeSample: number
}

/** A missing date must not become a period: what is not a whole day number is refused. */
function demandWholeDays(days: readonly number[]): void {
  days.forEach((day, index) => {
    demand(
      Number.isInteger(day),
      'day-invalid',
      `日期或天数“${day}”无效：请补全日期，天数须为整数`,
      `"${day}" is no day: fill in the date; numbers of days are whole`,
      index,
    )
  })
}

/**
 * Days in which a case could infect others, first and last included, as day numbers. From so many days before onset (or sample) as the rule
 * says, to isolation. The days are those of the instrument in force, which the caller names.
 *
 * @param onset Day of onset; null for a case without symptoms, then the sampling day counts.
 * @param isolated Day on which the case was isolated; null while not, then `today` is the last day.
 * @returns First and last day.
 * @throws InputError `exposure-without-date` when neither onset nor sample is known, `day-invalid`, `isolated-before-exposure`.
 */
export function exposureDays(
  dates: { readonly onset: number | null; readonly sample: number | null; readonly isolated: number | null },
  today: number,
  rule: ExposureRule,
): { readonly firstDay: number; readonly lastDay: number } {
  const { onset, sample, isolated } = dates
  demand(
    onset !== null || sample !== null,
    'exposure-without-date',
    '发病日期和采样日期都缺，无法确定暴露期',
    'Neither onset nor sampling date is known: the exposure period cannot be set',
  )
  const days = [onset, sample, isolated, today, rule.daysBeforeOnset, rule.daysBeforeSample].filter((day) => day !== null)
  demandWholeDays(days)
  const firstDay = onset !== null ? onset - rule.daysBeforeOnset : (sample ?? 0) - rule.daysBeforeSample
  const lastDay = isolated ?? today
  demand(
    lastDay >= firstDay,
    'isolated-before-exposure',
    '隔离日期早于暴露期开始，请核对日期',
    'The case was isolated before the exposure period began: check the dates',
  )
  return { firstDay, lastDay }
}

/** How long contacts are observed. */
export interface ObservationRule {
  /** Days of observation. */
  readonly days: number
  /** Whether the day of the last contact is day 0 (`next-day`: the following day is day 1, the common reading) or day 1 (`same-day`). */
  readonly firstDayIs: 'next-day' | 'same-day'
  /** A contact found late serves only the days that are left (`remaining`), or the full period from the day found (`restart`). */
  readonly foundLate: 'remaining' | 'restart'
}

/** The observation of one contact, as day numbers. */
export interface ObservationPeriod {
  /** Last day under observation. */
  readonly lastDay: number
  /** First day on which release is lawful: the day after `lastDay`. */
  readonly earliestRelease: number
  /** Days still to serve from `today` on, today included; 0 when the period is over. */
  readonly daysLeft: number
  /** True when the contact was found after the whole period had passed. */
  readonly missed: boolean
}

/**
 * Earliest legal end of observation, counted from the **last unprotected contact**. Every later unprotected contact restarts the count.
 * last contact + days of the rule. The days are those of the instrument in force, which the caller names.
 *
 * @param contactDays Days of unprotected contact, in any order, at least one.
 * @param foundOn Day on which the contact was found and observation began.
 * @param today Day number of the count.
 * @param rule Days, first day of the count, and what a late find changes.
 * @returns Last day, earliest release, days left, and whether it was over when the contact was found.
 * @throws InputError `no-contact-day`, `day-invalid` (`index` is the contact day at fault), `observation-days`.
 */
export function observationPeriod(
  contactDays: readonly number[],
  foundOn: number,
  today: number,
  rule: ObservationRule,
): ObservationPeriod {
  demand(
    contactDays.length > 0,
    'no-contact-day',
    '没有接触日期，无法计算观察期',
    'Without a day of contact no observation period can be set',
  )
  demandWholeDays(contactDays)
  demandWholeDays([foundOn, today])
  demand(
    Number.isInteger(rule.days) && rule.days > 0,
    'observation-days',
    `观察期为“${rule.days}”天，应为正整数`,
    `the observation takes "${rule.days}" days: it must be a positive whole number`,
  )
  const lastContact = contactDays.reduce((latest, day) => Math.max(latest, day))
  const span = rule.firstDayIs === 'next-day' ? rule.days : rule.days - 1
  const fromContact = lastContact + span
  const missed = foundOn > fromContact
  const restarted = rule.foundLate === 'restart' && foundOn > lastContact
  const lastDay = restarted ? foundOn + span : fromContact
  return { lastDay, earliestRelease: lastDay + 1, daysLeft: Math.max(0, lastDay - today + 1), missed }
}

/** Share of contacts or checks that were reached; kept as numerator and denominator. */
export interface Completeness {
  readonly reached: number
  readonly due: number
}

/**
 * Completeness of follow-up on one day: of the contacts under observation that day, how many were seen. reached / due. A definition, which
 * needs no source.
 *
 * @param seen Whether contact `i` was seen on `day`.
 * @returns Contacts reached and due.
 * @throws Nothing.
 */
export function followUpCompleteness(
  periods: readonly { readonly foundOn: number; readonly lastDay: number }[],
  day: number,
  seen: (contact: number) => boolean,
): Completeness {
  let due = 0
  let reached = 0
  periods.forEach((period, contact) => {
    if (day < period.foundOn || day > period.lastDay) return
    due += 1
    if (seen(contact)) reached += 1
  })
  return { reached, due }
}
