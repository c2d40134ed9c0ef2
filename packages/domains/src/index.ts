export { DOMAINS, registry } from './registry.ts'
