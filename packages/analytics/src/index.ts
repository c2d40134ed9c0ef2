export * from './outcome.ts'
export * from './planning/anytime/index.ts'
export * as statistics from './statistics/index.ts'
export * from './planning/flows/index.ts'
