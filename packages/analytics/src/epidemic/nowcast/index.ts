export type { PriorDelay } from './delay-model.ts'
export * from './nowcast.ts'
export * from './triangle.ts'
