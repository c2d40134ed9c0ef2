export { dayNumber, isoDay } from './days.ts'
export {
  activeStock,
  type DailyIncrement,
  type DayBalance,
  findImbalances,
  type Imbalance,
  incrementsOf,
  type Spell,
  stockAndFlows,
} from './flows.ts'
export {
  changeAgainst,
  incidencePer100k,
  positivity,
  quantileOfSorted,
  type Ratio,
  ratio,
  sevenDayMean,
  type Timeliness,
  timeliness,
} from './indicators.ts'
