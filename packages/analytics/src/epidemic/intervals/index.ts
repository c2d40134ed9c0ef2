export { type Family, type FamilyName, families, type Law } from './families.ts'
export { compareFamilies, type FamilyComparison, fitIntervals, type IntervalFit } from './fit.ts'
export { type CensoredPair, pairLikelihood } from './likelihood.ts'
