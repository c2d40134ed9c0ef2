import { buildRegistry, type Domain } from '@guatu/kernel'
import closures from './closures/index.ts'
import daily from './daily/index.ts'
import monitoring from './monitoring/index.ts'
import people from './people/index.ts'
import zoning from './zoning/index.ts'

/** The domains of which a phone carries anything, and those at which their rules look; a phone opens without the others. */
export const FIELD_DOMAINS: readonly Domain[] = [people, monitoring, zoning, closures, daily]

export const fieldRegistry = buildRegistry(FIELD_DOMAINS)
