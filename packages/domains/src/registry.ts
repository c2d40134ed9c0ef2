import { buildRegistry, type Domain } from '@guatu/kernel'
import command from './command/index.ts'
import monitoring from './monitoring/index.ts'
import people from './people/index.ts'

/** The only list of domains. A new domain is a folder and a line here. */
export const DOMAINS: readonly Domain[] = [command, people, monitoring]

export const registry = buildRegistry(DOMAINS)
