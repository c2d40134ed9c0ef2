export { type HouseholdOutbreak, riskRatio, type SecondaryAttackRate, secondaryAttackRate } from './household.ts'
export { fitOffspring, type OffspringFit } from './negative-binomial-fit.ts'
export { type Proportion, type ProportionMethod, proportion } from './proportion.ts'
export { casesBehind, extinctionChance, infectionsFrom, infectionsInClusters } from './superspreading.ts'
