import { buildRegistry, type Domain } from '@guatu/kernel'
import closures from './closures/index.ts'
import command from './command/index.ts'
import daily from './daily/index.ts'
import monitoring from './monitoring/index.ts'
import people from './people/index.ts'
import zoning from './zoning/index.ts'

/** The only list of domains. A new domain is a folder and a line here. */
export const DOMAINS: readonly Domain[] = [command, people, monitoring, zoning, closures, daily]

export const registry = buildRegistry(DOMAINS)
