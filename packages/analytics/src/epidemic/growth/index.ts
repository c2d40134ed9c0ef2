export * from './growth-rate.ts'
