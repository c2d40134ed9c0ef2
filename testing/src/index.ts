export { valueOfField } from './arbitrary/values.ts'
export * from './cast.ts'
export * from './lighthouse/lighthouse.ts'
export * from './places/places.ts'
