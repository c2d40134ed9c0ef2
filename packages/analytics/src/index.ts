export * from './outcome.ts'
export * from './planning/anytime/index.ts'
