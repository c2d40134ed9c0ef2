import type { FieldWork } from '@guatu/client/offline'
import { dayOf } from '@guatu/kernel'

/** What a worker who declares for somebody need not write: that it is they who say so, and the city's day. */
export const arrivedToday = ({ replica: { clock } }: Pick<FieldWork, 'replica'>) => ({
  channel: 'worker',
  arrivedOn: dayOf(clock.now(), clock.zone),
})
