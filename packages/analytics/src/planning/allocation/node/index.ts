export * from './allocate-in-worker.ts'
export * from './highs-session.ts'
