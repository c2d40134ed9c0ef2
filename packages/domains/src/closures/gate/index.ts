export { DECISIONS, GATES, type GateDecision, type GateFacts, type GateKind, isListed, type Ruling, rule } from './decide.ts'
export { type KeyedHash, readShown, type Shown, tokenOf } from './shown.ts'
