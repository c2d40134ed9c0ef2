export { type Asked, crossingOf, NOTHING_ASKED, rulingOf, SIGNS, whoOf } from './asked.ts'
export { DECISIONS, GATES, type GateDecision, type GateFacts, type GateKind, isListed, type Ruling, rule } from './decide.ts'
export {
  type Carried,
  type CarriedPass,
  type CarriedPerson,
  type Checked,
  type Exit,
  homeOf,
  lookCarried,
  questionOf,
  UNREADABLE,
} from './look.ts'
export { type KeyedHash, readShown, type Shown, tokenOf } from './shown.ts'
