export type { CandidateOptions, ChainCase, ExposureLink, LagDistribution } from './candidates.ts'
export { type ChainNode, type Chains, type Infector, reconstructChains } from './reconstruct.ts'
export { type Recovery, recovery } from './recovery.ts'
