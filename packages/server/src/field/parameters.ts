import { today as cityToday, type ParameterDef, type Registry, settingAt } from '@guatu/kernel'
import type { Store } from '../store/store.ts'

const SHIPPED = { zh: '系统初始设置', en: 'Shipped setting' }

/** What work on phones takes its numbers from; each may be set again from a day on. */
export const FIELD_PARAMETERS = {
  lateDays: {
    code: 'field.lateDays',
    label: { zh: '授权结束后仍接收其期间所做工作的天数', en: 'Days after the end of a grant in which work done under it is still taken' },
    unit: { zh: '天', en: 'days' },
    settings: [{ value: 14, instrument: SHIPPED }],
  },
  linkDays: {
    code: 'field.linkDays',
    label: { zh: '本人申报链接的有效天数', en: 'Days for which a self-report link holds' },
    unit: { zh: '天', en: 'days' },
    settings: [{ value: 21, instrument: SHIPPED }],
  },
} as const satisfies Record<string, ParameterDef>

export const withFieldParameters = (registry: Registry): Registry => ({
  ...registry,
  parameters: new Map<string, ParameterDef>([
    ...registry.parameters,
    ...Object.values(FIELD_PARAMETERS).map((def) => [def.code, def] as const),
  ]),
})

/** The number in force on the city's today. */
export function fieldRule(store: Pick<Store, 'clock' | 'settings'>, def: ParameterDef): number {
  const day = cityToday(store.clock)
  return Number(settingAt([...def.settings, ...store.settings.of(def.code)], day)?.value)
}
