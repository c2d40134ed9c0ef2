import { HeatMapOutlined } from '@ant-design/icons'
import type { Screen } from '@guatu/client'

/** Screens of zoning. */
export const screens: readonly Screen[] = [
  {
    path: 'zones',
    group: 'containment',
    label: { zh: '分区分级', en: 'Zoning' },
    icon: <HeatMapOutlined />,
    roles: ['leader', 'duty-officer', 'supervision-office', 'agency-clerk', 'county-clerk', 'town-clerk', 'health-worker', 'auditor'],
    waiting: [{ record: 'zone', filters: { state: 'proposed,undecided' }, roles: ['leader', 'duty-officer'] }],
    load: () => import('./zones.tsx'),
  },
]
