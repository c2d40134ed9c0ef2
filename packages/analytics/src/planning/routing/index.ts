export * from './check.ts'
export * from './model.ts'
export * from './planRoutes.ts'
