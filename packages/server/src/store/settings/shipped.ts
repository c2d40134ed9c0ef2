import { today as cityToday, type ParameterDef, type Registry, settingAt } from '@guatu/kernel'
import type { Store } from '../store.ts'

/** Instrument of a number that no office has set yet. */
export const SHIPPED = { zh: '系统初始设置', en: 'Shipped setting' }

/** The registry with parameters that belong to no domain in it, so that they are shown and set like all others. */
export const withParameters = (registry: Registry, defs: Readonly<Record<string, ParameterDef>>): Registry => ({
  ...registry,
  parameters: new Map<string, ParameterDef>([...registry.parameters, ...Object.values(defs).map((def) => [def.code, def] as const)]),
})

/** What such a parameter says on the city's today. */
export const inForce = (store: Pick<Store, 'clock' | 'settings'>, def: ParameterDef): unknown =>
  settingAt([...def.settings, ...store.settings.of(def.code)], cityToday(store.clock))?.value
