import type { Command } from '../command.ts'
import { alerts } from './alerts.ts'
import { beds } from './beds.ts'
import { cfr } from './cfr.ts'
import { growth } from './growth.ts'
import { rt } from './rt.ts'

/** All commands, in the order of the overview. */
export const commands: readonly Command[] = [rt, growth, alerts, cfr, beds]
