import { defineDomain, erase } from '@guatu/kernel'
import { arrival } from './arrivals/arrival.ts'
import { departure } from './arrivals/departure.ts'
import { fetchedNoMore } from './care/died.ts'
import { need } from './care/need.ts'
import { transfer } from './care/transfer.ts'
import { visit } from './care/visit.ts'
import { indicators } from './indicators.ts'
import { forgetting } from './lists/forgetting.ts'
import { listCheck } from './lists/list-check.ts'
import { passedOnNoMore } from './lists/passed-on.ts'
import { parameters } from './parameters.ts'
import { site } from './sites/site.ts'
import { stay } from './sites/stay.ts'
import { atHome } from './watch/at-home.ts'
import { duties } from './watch/duties.ts'
import { heldByWorkers, inChargeNow, tasksInCharge } from './watch/entrusted.ts'
import { onceObserved } from './watch/once-observed.ts'
import { searches } from './watch/searches.ts'
import { watch } from './watch/watch.ts'

/** Health monitoring: arrivals and departures, observation with two readings a day, and what observed people and their families need. */
export default defineDomain({
  name: 'monitoring',
  label: { zh: '健康监测', en: 'Monitoring' },
  records: [
    erase(arrival),
    erase(departure),
    erase(watch),
    erase(site),
    erase(stay),
    erase(transfer),
    erase(need),
    erase(visit),
    erase(listCheck),
  ],
  daily: [...duties, forgetting],
  charges: heldByWorkers,
  standing: [inChargeNow, ...tasksInCharge, ...onceObserved, ...atHome, ...searches, fetchedNoMore, passedOnNoMore],
  indicators,
  parameters,
})
