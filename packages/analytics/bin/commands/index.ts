import type { Command } from '../command.ts'
import { alerts } from './alerts.ts'
import { backproject } from './backproject.ts'
import { balance } from './balance.ts'
import { beds } from './beds.ts'
import { cfr } from './cfr.ts'
import { chains } from './chains.ts'
import { clusters } from './clusters.ts'
import { cohort } from './cohort.ts'
import { contacts } from './contacts.ts'
import { forecast } from './forecast.ts'
import { growth } from './growth.ts'
import { household } from './household.ts'
import { indicators } from './indicators.ts'
import { intervals } from './intervals.ts'
import { nowcast } from './nowcast.ts'
import { offspring } from './offspring.ts'
import { rt } from './rt.ts'
import { zoning } from './zoning.ts'

/** All commands, in the order of the overview. */
export const commands: readonly Command[] = [
  rt,
  cohort,
  growth,
  nowcast,
  forecast,
  alerts,
  clusters,
  chains,
  contacts,
  cfr,
  beds,
  offspring,
  household,
  intervals,
  backproject,
  balance,
  indicators,
  zoning,
]
