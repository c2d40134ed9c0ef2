export * as communique from './command/communique/index.ts'
export * as progress from './command/report/index.ts'
export { DOMAINS, registry } from './registry.ts'
