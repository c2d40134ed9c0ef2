export { type LineListRow, type ObservedOutbreak, observeOutbreak } from './line-list.ts'
export { type Exposure, type Infection, type Outbreak, type Setting, simulateOutbreak } from './outbreak.ts'
export { type ControlMeasure, exampleSettings, type GammaDays, type OutbreakSettings } from './settings.ts'
export { buildTown, type Town } from './town.ts'
