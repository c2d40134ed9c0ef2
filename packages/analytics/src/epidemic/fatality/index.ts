export { type CaseFatality, caseFatality, type FatalityDay, fatalityUnderDelays, outcomesDue, rollingFatality } from './case-fatality.ts'
export { type DelayLaw, delayCdf, discretiseDelay } from './delay.ts'
