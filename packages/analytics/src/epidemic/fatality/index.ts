export { type CaseFatality, caseFatality, fatalityUnderDelays, outcomesDue, rollingFatality } from './case-fatality.ts'
export { type DelayLaw, delayCdf, discretiseDelay } from './delay.ts'
