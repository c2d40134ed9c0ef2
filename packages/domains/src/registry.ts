import { buildRegistry, type Domain } from '@guatu/kernel'
import command from './command/index.ts'

/** The only list of domains. A new domain is a folder and a line here. */
export const DOMAINS: readonly Domain[] = [command]

export const registry = buildRegistry(DOMAINS)
