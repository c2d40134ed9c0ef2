/** How the newest days are turned into a start for the forecast. All figures are assumptions that may be replaced. */
export interface ForecastModel {
  /** Days that estimate R. */
  readonly window: number
  /** Gamma prior of R: shape and rate. */
  readonly priorShape: number
  readonly priorRate: number
  /** Share of the trend of log R that survives each day. */
  readonly trendDamping: number
  /** Share of the measured trend that is believed. */
  readonly trendShare: number
  /** The believed trend of log R a day stays within ± this. */
  readonly steepestTrend: number
  /** Share of a positive log R that is lost each day, because people and offices answer to growth. */
  readonly response: number
  /** Share of the futures in which the answer to growth comes late, and how much of `response` it then is. */
  readonly lateShare: number
  readonly lateResponse: number
  /** Standard deviation of log R's daily random step. */
  readonly dailySd: number
  /** Prior size of the negative binomial (small = more scatter) and the number of days it is worth. */
  readonly size: number
  readonly sizeCases: number
  /** Cases a day that come from nowhere. */
  readonly background: number
}

export interface TransmissionStart {
  /** Gamma posterior of R over the newest window. */
  readonly shape: number
  readonly rate: number
  /** Believed trend of log R a day. */
  readonly trend: number
  /** Change of log R from the window's middle to today. */
  readonly catchUp: number
  readonly size: number
}

interface Sums {
  readonly cases: number
  readonly pressure: number
}

function sums(history: Float64Array, pressure: Float64Array, from: number, to: number): Sums {
  let cases = 0
  let whole = 0
  for (let day = Math.max(1, from); day < to; day += 1) {
    cases += history[day] ?? 0
    whole += pressure[day] ?? 0
  }
  return { cases, pressure: whole }
}

/** R, its trend and the scatter of the newest days of one history. */
export function recentTransmission(history: Float64Array, pressure: Float64Array, model: ForecastModel): TransmissionStart {
  const end = history.length
  const { window } = model
  const newest = sums(history, pressure, end - window, end)
  const before = sums(history, pressure, end - 2 * window, end - window)
  const shape = model.priorShape + newest.cases
  const rate = model.priorRate + newest.pressure
  const earlierShape = model.priorShape + before.cases
  const earlierRate = model.priorRate + before.pressure
  const change = Math.log(shape / rate) - Math.log(earlierShape / earlierRate)
  // Var(log R) of a gamma posterior is about 1/shape: a change that chance explains is not believed.
  const noise = 1 / shape + 1 / earlierShape
  const believed = (model.trendShare * change * change) / (change * change + noise)
  const trend = Math.max(-model.steepestTrend, Math.min(model.steepestTrend, (believed * change) / window))
  return { shape, rate, trend, catchUp: (trend * (window - 1)) / 2, size: scatter(history, pressure, model) }
}

/** The negative binomial size by moments over four windows, each day against its own window's R, pulled towards the prior size. */
function scatter(history: Float64Array, pressure: Float64Array, model: ForecastModel): number {
  const end = history.length
  let excess = model.sizeCases / model.size
  let weight = model.sizeCases
  for (let block = 0; block < 4; block += 1) {
    const to = end - block * model.window
    const from = Math.max(1, to - model.window)
    if (to <= 1) break
    const { cases, pressure: whole } = sums(history, pressure, from, to)
    if (cases < 5 || whole <= 0) continue
    for (let day = from; day < to; day += 1) {
      const mean = ((pressure[day] ?? 0) * cases) / whole
      if (mean <= 0) continue
      // (y − μ)² − μ estimates μ² / size; weigh by how much a day of this mean can tell.
      const tells = mean / (mean + model.size)
      excess += (tells * ((((history[day] ?? 0) - mean) ** 2 * model.window) / (model.window - 1) - mean)) / (mean * mean)
      weight += tells
    }
  }
  return weight / Math.max(excess, weight / 200)
}
