export { admissionsFromCases, type BedBalance, type BedDay, type BedProjection, occupiedBeds, projectBeds } from './projection.ts'
export { type StayCurve, stayCurve, stayCurveFrom } from './stay.ts'
