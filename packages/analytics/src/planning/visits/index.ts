export * from './check.ts'
export * from './model.ts'
export * from './planVisits.ts'
