export { type Cylinder, logLikelihoodRatio, rankCylinders, type ScanTable } from './cylinders.ts'
export { limitByPopulation, type Neighbourhoods, orderByDistance, type Point } from './neighbourhoods.ts'
export { type Cluster, DEFAULT_REPLICATES, type ScanOptions, type ScanResult, scanSpaceTime, scanSpatial } from './scan.ts'
export { spaceTimeTable } from './scan-table.ts'
