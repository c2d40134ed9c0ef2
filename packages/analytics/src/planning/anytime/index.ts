export * from './budget.ts'
export * from './figures.ts'
export * from './plan.ts'
export * from './random.ts'
