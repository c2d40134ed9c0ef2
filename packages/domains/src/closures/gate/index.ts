export { type Allowed, allowedNow, CLOSED, type ClosedPart, OPEN, OPEN_HERE, placesOf, type Untold } from './allowed.ts'
export { type Asked, crossingOf, isSlip, NOTHING_ASKED, rulingOf, SIGNS, SLIP, whoOf } from './asked.ts'
export { STANDS } from './cancel.ts'
export { DECISIONS, GATES, type GateDecision, type GateFacts, type GateKind, isListed, type Ruling, rule } from './decide.ts'
export { clinicOver, type Finding, FOUND, KEEPING_IN, keepersIn, keepsHome, keepsThem, type Standing } from './kept-in.ts'
export {
  type Carried,
  type CarriedPass,
  type CarriedPerson,
  type Checked,
  type Driver,
  drivenBy,
  type Exit,
  homeOf,
  lookCarried,
  NOTHING_CARRIED,
  questionOf,
  UNREADABLE,
} from './look.ts'
export { asksForClinic } from './refer.ts'
export { EITHER, type KeyedHash, NEITHER, readDocument, readShown, type Shown, type ShownDocument, sayWhich, tokenOf } from './shown.ts'
