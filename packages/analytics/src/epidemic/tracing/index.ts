export { joinCoPresence, type Meetings } from './co-presence.ts'
export type { ContactRule } from './contact-rules.ts'
export {
  type Completeness,
  type ExposureRule,
  exposureDays,
  followUpCompleteness,
  type ObservationPeriod,
  type ObservationRule,
  observationPeriod,
} from './observation.ts'
export type { Contact, Ring } from './ring.ts'
export { createTracer, type ExposureWindow, type Rings, type SecondRingOptions, type Tracer } from './rings.ts'
export { buildStayIndex, maximalStays, type StayIndex } from './stay-index.ts'
export { rowsApart, StayBuilder, type Stays, seatCode } from './stays.ts'
