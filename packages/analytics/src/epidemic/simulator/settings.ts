/** Everything that shapes a simulated outbreak, as data. */

/** Gamma law by mean and standard deviation, in days. */
export interface GammaDays {
  readonly mean: number
  readonly sd: number
}

/** A control measure in force from a day on (until the end, or until `until`). */
export interface ControlMeasure {
  readonly from: number
  readonly until?: number
  /** Factor on contacts at workplaces and venues (0 closes them); 1 if left out. */
  readonly placeContacts?: number
  /** Factor on travel into the city; 1 if left out. */
  readonly arrivals?: number
  /** Mean days from onset to isolation while in force. */
  readonly onsetToIsolation?: GammaDays
  /** Chance that a contact of a reported case is traced and stays home, and the days that takes after the report. */
  readonly tracing?: { readonly chance: number; readonly delayDays: number }
}

export interface OutbreakSettings {
  readonly days: number
  readonly population: {
    readonly households: number
    /** Share of households with 1, 2, 3, … members. */
    readonly householdSizes: readonly number[]
    readonly districts: number
    /** People at one workplace, on average; nobody's share without work is `unemployed`. */
    readonly workplaceSize: number
    readonly unemployed: number
    /** Venues (shops, stations, restaurants) of each district. */
    readonly venuesPerDistrict: number
  }
  readonly contacts: {
    readonly householdHours: number
    /** Colleagues met a day, and hours with each. */
    readonly colleagues: number
    readonly workplaceHours: number
    /** Venue visits a day, people met at each, hours with each. */
    readonly venueVisits: number
    readonly metPerVisit: number
    readonly venueHours: number
    /** Share of venue visits that lead to another district. */
    readonly travelShare: number
  }
  readonly infection: {
    /** Infections per hour of contact at the height of infectiousness, by setting. */
    readonly ratePerHour: { readonly household: number; readonly workplace: number; readonly venue: number }
    /** From infection to infectiousness. */
    readonly latent: GammaDays
    /** How long one is infectious. */
    readonly infectious: GammaDays
    /** From infection to onset. */
    readonly incubation: GammaDays
    /** Gamma shape of each person's infectiousness (mean 1): the smaller, the more superspreading. */
    readonly superspreadingShape: number
  }
  /** Infected arrivals a day before measures (Poisson); day by day, the last one repeated; and how long they have been infected. */
  readonly importsPerDay: readonly number[]
  readonly care: {
    readonly onsetToIsolation: GammaDays
    readonly onsetToReport: GammaDays
    /** Share of cases that are ever found. */
    readonly ascertainment: number
    readonly fatality: number
    readonly onsetToDeath: GammaDays
    readonly onsetToRecovery: GammaDays
  }
  /** Chance that a contact between two cases is on record. */
  readonly contactRecall: number
  readonly measures: readonly ControlMeasure[]
}

/** A medium town with a respiratory disease, R above 1 before measures; figures are illustrative, not of any real place. */
export const exampleSettings: OutbreakSettings = {
  days: 80,
  population: {
    households: 8000,
    householdSizes: [0.2, 0.28, 0.25, 0.15, 0.08, 0.04],
    districts: 5,
    workplaceSize: 25,
    unemployed: 0.4,
    venuesPerDistrict: 40,
  },
  contacts: { householdHours: 8, colleagues: 8, workplaceHours: 4, venueVisits: 0.8, metPerVisit: 6, venueHours: 0.7, travelShare: 0.1 },
  infection: {
    ratePerHour: { household: 0.008, workplace: 0.006, venue: 0.008 },
    latent: { mean: 3, sd: 1 },
    infectious: { mean: 7, sd: 2 },
    incubation: { mean: 5.2, sd: 2.3 },
    superspreadingShape: 0.6,
  },
  importsPerDay: [0.6],
  care: {
    onsetToIsolation: { mean: 5, sd: 2.5 },
    onsetToReport: { mean: 6, sd: 3 },
    ascertainment: 0.9,
    fatality: 0.01,
    onsetToDeath: { mean: 17, sd: 7 },
    onsetToRecovery: { mean: 20, sd: 6 },
  },
  contactRecall: 0.7,
  measures: [],
}
