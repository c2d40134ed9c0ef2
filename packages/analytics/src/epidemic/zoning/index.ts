export { type ZoneCase, zoneFacts } from './facts.ts'
export { type InfectionTrace, riskAreaFacts } from './place-facts.ts'
export {
  type Between,
  type Instrument,
  type Test,
  type TestedFact,
  tableInForce,
  testWords,
  type Words,
  type Zone,
  type ZoneClass,
  type ZoneFacts,
  type ZoneRule,
  type ZoneTable,
  zoneArea,
} from './rule-table.ts'
export { nationalThreeLevels, sichuanFourClasses } from './tables-2020.ts'
export { nationalRiskAreas } from './tables-2022.ts'
