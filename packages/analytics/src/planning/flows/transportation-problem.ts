/** A word in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** A place that gives or takes an amount. */
export interface TransportationEnd {
  readonly id: string
  readonly name: Words
  /** Whole units of the smallest unit of measure. */
  readonly amount: number
}

/** A way from an origin to a destination; both are indices. */
export interface Lane {
  readonly origin: number
  readonly destination: number
  /** Whole cost units per unit carried. */
  readonly cost: number
  /** Most that may be carried; no limit when left out. */
  readonly capacity?: number
}

export interface TransportationProblem {
  readonly origins: readonly TransportationEnd[]
  readonly destinations: readonly TransportationEnd[]
  readonly lanes: readonly Lane[]
  /** Cost of each unit not delivered; when left out every demand must be met. */
  readonly shortageCost?: number
  /** What is carried and what it costs, for the words of the explanation, such as 车/truck and 元/yuan. */
  readonly unit: Words
  readonly costUnit: Words
}
