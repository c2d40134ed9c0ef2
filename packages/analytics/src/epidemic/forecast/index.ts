export * from './forecast.ts'
export * from './scores.ts'
export type { ForecastModel } from './transmission.ts'
