export { pathsOf } from '../order/cover.ts'
export { areasClosed, startDay } from '../order/scope.ts'
export {
  allowance,
  besides,
  checkPass,
  checkTicket,
  checkVehicle,
  concerns,
  type GateBook,
  type GateKey,
  type GateOrder,
  type GateVehicle,
  type Home,
  isObserved,
  type KnownPass,
  type ListedPass,
  liesElsewhere,
  sharedVerdict,
  type Verdict,
  type VerdictCode,
} from './check.ts'
export { keyName } from './key.ts'
export { idsOfShort, isShort, numberOf, readNumber, shortNumberOf } from './number.ts'
export { openNumbers, packBoth, packNumbers } from './packed.ts'
export { numberOnPaper, PAPER_STAYS, paperOfBefore, TO_DO } from './paper.ts'
export { serving, servingFirst } from './serving.ts'
export {
  KINDS,
  type PassKind,
  plateTail,
  readTicket,
  type Sign,
  type SignedTicket,
  signTicket,
  type Ticket,
  type Verify,
} from './ticket.ts'
