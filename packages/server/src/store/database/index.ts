export { type Database, type DatabaseOptions, type DatabaseTarget, openDatabase, type Session } from './database.ts'
export type { MaintenanceReport } from './embedded/maintenance.ts'
export type { Engine } from './engine.ts'
export { StoreProblem, type StoreProblemCode } from './problem.ts'
