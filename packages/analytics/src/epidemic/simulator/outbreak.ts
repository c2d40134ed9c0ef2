/** The outbreak itself, day by day and infected person by infected person. */
import { demand } from '../../outcome.ts'
import { RandomStream } from '../../statistics/index.ts'
import type { ControlMeasure, GammaDays, OutbreakSettings } from './settings.ts'
import { buildTown, type Town } from './town.ts'

export type Setting = 'household' | 'workplace' | 'venue'

/** The whole truth about one infection. Days may be fractions; day d lasts from d to d + 1. */
export interface Infection {
  readonly number: number
  readonly person: number
  readonly district: number
  readonly household: number
  readonly workplace: number
  /** Number of the infection that caused this one; null for imports. */
  readonly infector: number | null
  readonly setting: Setting | null
  readonly generation: number
  readonly infectedOn: number
  readonly infectiousFrom: number
  readonly infectiousUntil: number
  readonly onset: number
  readonly infectiousness: number
  /** Day from which nobody is met any more (isolation or quarantine); changes while measures act, final at the end. */
  isolatedFrom: number
  /** Day of report; infinite for cases never found. */
  readonly reportedOn: number
  readonly died: boolean
  /** Day of death or recovery. */
  readonly endedOn: number
  /** True when the person was at home because of tracing before falling ill. */
  traced: boolean
}

/** A contact of an infected person while infectious. */
export interface Exposure {
  readonly source: number
  readonly person: number
  readonly day: number
  readonly setting: Setting
  readonly hours: number
}

export interface Outbreak {
  readonly town: Town
  readonly infections: readonly Infection[]
  readonly exposures: readonly Exposure[]
}

/**
 * Runs one outbreak. The same settings and seed give the same outbreak, bit for bit; the town, the spread and the natural history draw from
 * separate streams, so that a measure changes only what it acts on.
 *
 * Each day every infectious person not yet isolated meets the household, some colleagues and people at venues. A contact of h hours with
 * someone susceptible infects with chance 1 − exp(−rate × infectiousness × h). The chance is that of a hazard, 1 − e^(−dose); the model is
 * this library's own and needs no source.
 *
 * @param settings Town, natural history, contacts (hours a day), measures by day.
 * @param seed Whole number.
 * @returns All infections with day, infector and setting.
 * @throws InputError `settings-invalid`, `outbreak-too-large` beyond `maximalInfections`.
 */
export function simulateOutbreak(settings: OutbreakSettings, seed: number, maximalInfections = 100_000): Outbreak {
  checkSettings(settings)
  const root = new RandomStream(seed)
  const town = buildTown(settings, root.split('town'))
  const spread = root.split('spread')
  const course = root.split('course')
  const infectionOf = new Int32Array(town.people).fill(-1)
  const quarantinedFrom = new Float64Array(town.people).fill(Number.POSITIVE_INFINITY)
  const infections: Infection[] = []
  const exposures: Exposure[] = []
  const toTrace: { readonly day: number; readonly infection: number; readonly chance: number }[] = []

  const infect = (person: number, day: number, infector: Infection | null, setting: Setting | null) => {
    demand(
      infections.length < maximalInfections,
      'outbreak-too-large',
      `感染人数超过 ${maximalInfections}`,
      `More than ${maximalInfections} infections`,
    )
    const infection = drawCourse(infections.length, person, day, infector, setting, town, settings, course)
    infectionOf[person] = infection.number
    if ((quarantinedFrom[person] as number) <= infection.onset) {
      infection.isolatedFrom = Math.min(infection.isolatedFrom, Math.max(day, quarantinedFrom[person] as number))
      infection.traced = true
    }
    infections.push(infection)
    const tracing = inForce(settings.measures, infection.reportedOn).find((measure) => measure.tracing)?.tracing
    if (tracing !== undefined && Number.isFinite(infection.reportedOn))
      toTrace.push({ day: Math.ceil(infection.reportedOn + tracing.delayDays), infection: infection.number, chance: tracing.chance })
  }

  for (let day = 0; day < settings.days; day += 1) {
    const measures = inForce(settings.measures, day)
    const arrivals = measures.reduce((factor, measure) => factor * (measure.arrivals ?? 1), 1)
    const places = measures.reduce((factor, measure) => factor * (measure.placeContacts ?? 1), 1)
    const daily = settings.importsPerDay[Math.min(day, settings.importsPerDay.length - 1)] ?? 0
    for (let left = spread.poisson(daily * arrivals); left > 0; left -= 1) {
      const person = spread.integer(town.people)
      if (infectionOf[person] === -1) infect(person, day - spread.uniform() * settings.infection.latent.mean, null, null)
    }
    for (const due of toTrace) if (due.day === day) quarantineContacts(due, exposures, infectionOf, infections, quarantinedFrom, spread)
    const before = infections.length
    for (let number = 0; number < before; number += 1) {
      const source = infections[number] as Infection
      if (source.infectiousFrom >= day + 1 || source.infectiousUntil <= day || source.isolatedFrom <= day) continue
      meet(source, places, settings, town, spread, (person, setting, hours) => {
        if ((quarantinedFrom[person] as number) <= day && setting !== 'household') return
        exposures.push({ source: number, person, day, setting, hours })
        const rate = settings.infection.ratePerHour[setting] * source.infectiousness * shareOfDay(source, day)
        if (infectionOf[person] === -1 && spread.uniform() < -Math.expm1(-rate * hours))
          infect(person, Math.max(day, source.infectiousFrom) + spread.uniform() * shareOfDay(source, day), source, setting)
      })
    }
  }
  return { town, infections, exposures }
}

/** Part of the day on which the person is infectious. */
function shareOfDay(source: Infection, day: number): number {
  return Math.max(0, Math.min(day + 1, source.infectiousUntil, source.isolatedFrom) - Math.max(day, source.infectiousFrom))
}

function inForce(measures: readonly ControlMeasure[], day: number): ControlMeasure[] {
  return measures.filter((measure) => measure.from <= day && day < (measure.until ?? Number.POSITIVE_INFINITY))
}

function gammaDays(random: RandomStream, { mean, sd }: GammaDays): number {
  return sd === 0 ? mean : random.gamma((mean / sd) ** 2, mean / (sd * sd))
}

function drawCourse(
  number: number,
  person: number,
  day: number,
  infector: Infection | null,
  setting: Setting | null,
  town: Town,
  settings: OutbreakSettings,
  random: RandomStream,
): Infection {
  const { infection, care } = settings
  const infectiousFrom = day + gammaDays(random, infection.latent)
  const infectiousUntil = infectiousFrom + gammaDays(random, infection.infectious)
  const onset = day + gammaDays(random, infection.incubation)
  const infectiousness = random.gamma(infection.superspreadingShape, infection.superspreadingShape)
  const isolation = inForce(settings.measures, onset).find((measure) => measure.onsetToIsolation)?.onsetToIsolation ?? care.onsetToIsolation
  const isolatedFrom = onset + gammaDays(random, isolation)
  const found = random.uniform() < care.ascertainment
  const reported = onset + gammaDays(random, care.onsetToReport)
  const died = random.uniform() < care.fatality
  const endedOn = onset + gammaDays(random, died ? care.onsetToDeath : care.onsetToRecovery)
  return {
    number,
    person,
    district: town.districtOf[person] as number,
    household: town.householdOf[person] as number,
    workplace: town.workplaceOf[person] as number,
    infector: infector?.number ?? null,
    setting,
    generation: infector === null ? 0 : infector.generation + 1,
    infectedOn: day,
    infectiousFrom,
    infectiousUntil,
    onset,
    infectiousness,
    isolatedFrom: found ? isolatedFrom : Number.POSITIVE_INFINITY,
    reportedOn: found ? reported : Number.POSITIVE_INFINITY,
    died,
    endedOn,
    traced: false,
  }
}

function meet(
  source: Infection,
  places: number,
  settings: OutbreakSettings,
  town: Town,
  random: RandomStream,
  onContact: (person: number, setting: Setting, hours: number) => void,
): void {
  const { contacts } = settings
  const last = town.householdStart[source.household + 1] as number
  for (let person = town.householdStart[source.household] as number; person < last; person += 1)
    if (person !== source.person) onContact(person, 'household', contacts.householdHours)
  const colleagues = source.workplace < 0 ? [] : (town.workers[source.workplace] ?? [])
  if (colleagues.length > 1)
    for (let left = random.poisson(contacts.colleagues * places); left > 0; left -= 1) {
      const person = colleagues[random.integer(colleagues.length)] as number
      if (person !== source.person) onContact(person, 'workplace', contacts.workplaceHours)
    }
  for (let visits = random.poisson(contacts.venueVisits * places); visits > 0; visits -= 1) {
    const away = random.uniform() < contacts.travelShare
    const district = away ? random.integer(town.districtStart.length - 1) : source.district
    const from = town.districtStart[district] as number
    const size = (town.districtStart[district + 1] as number) - from
    for (let met = random.poisson(contacts.metPerVisit); met > 0 && size > 0; met -= 1) {
      const person = from + random.integer(size)
      if (person !== source.person) onContact(person, 'venue', contacts.venueHours)
    }
  }
}

function quarantineContacts(
  due: { readonly day: number; readonly infection: number; readonly chance: number },
  exposures: readonly Exposure[],
  infectionOf: Int32Array,
  infections: Infection[],
  quarantinedFrom: Float64Array,
  random: RandomStream,
): void {
  const contacts = new Set(exposures.filter((exposure) => exposure.source === due.infection).map((exposure) => exposure.person))
  for (const person of contacts) {
    if (random.uniform() >= due.chance) continue
    quarantinedFrom[person] = Math.min(quarantinedFrom[person] as number, due.day)
    const own = infections[infectionOf[person] as number]
    if (own === undefined) continue
    if (due.day < own.onset) own.traced = true
    own.isolatedFrom = Math.min(own.isolatedFrom, due.day)
  }
}

function checkSettings({ days, population, contacts, care }: OutbreakSettings): void {
  const positive = [days, population.households, population.districts, population.workplaceSize]
  const shares = [population.unemployed, contacts.travelShare, care.ascertainment, care.fatality]
  demand(
    positive.every((value) => value > 0) &&
      shares.every((share) => share >= 0 && share <= 1) &&
      population.householdSizes.some((share) => share > 0),
    'settings-invalid',
    '模拟参数有误：天数、户数、区数、单位规模应大于 0，比例应在 0 到 1 之间',
    'The settings are wrong: days, households, districts and workplace size must be above 0, shares between 0 and 1',
  )
}
