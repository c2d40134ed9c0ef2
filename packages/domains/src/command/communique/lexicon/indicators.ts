import type { IndicatorRow } from '../suggest.ts'

/** Which figures of the city watch which registers of work, the most telling first. Registers that no figure watches yet have no row. */
export const INDICATOR_TABLE: readonly IndicatorRow[] = [
  { code: 'command.tasksDone', domains: ['command'] },
  { code: 'command.onTime', domains: ['command'] },
  { code: 'monitoring.observed', domains: ['containment', 'observation'] },
  { code: 'monitoring.readings', domains: ['containment', 'observation'] },
  { code: 'monitoring.lost', domains: ['observation'] },
  { code: 'monitoring.dueForRelease', domains: ['observation', 'health_certificate'] },
  { code: 'monitoring.arrivals', domains: ['travel_health'] },
  { code: 'monitoring.arrivalsLate', domains: ['travel_health'] },
  { code: 'monitoring.departures', domains: ['labour_transport'] },
  { code: 'monitoring.transfers', domains: ['clinical'] },
  { code: 'monitoring.needs', domains: ['welfare'] },
  { code: 'monitoring.visits', domains: ['welfare'] },
  { code: 'zoning.confirmed', domains: ['clinical'] },
  { code: 'zoning.discharged', domains: ['clinical'] },
  { code: 'closures.inForce', domains: ['containment', 'access_control'] },
  { code: 'closures.passes', domains: ['access_control'] },
  { code: 'closures.crossings', domains: ['access_control'] },
]
