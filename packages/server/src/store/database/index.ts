export { type Database, type DatabaseOptions, type DatabaseTarget, type Engine, openDatabase, type Session } from './database.ts'
export type { MaintenanceReport } from './embedded/maintenance.ts'
export { StoreProblem, type StoreProblemCode } from './problem.ts'
