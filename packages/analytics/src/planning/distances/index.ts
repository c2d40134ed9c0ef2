export * from './greatCircle.ts'
export * from './matrix.ts'
