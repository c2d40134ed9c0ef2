export * from './cusum.ts'
export * from './ears.ts'
export * from './farrington.ts'
export * from './watch.ts'
