import { FieldTimeOutlined, LockOutlined, QrcodeOutlined, SafetyCertificateOutlined, ScanOutlined } from '@ant-design/icons'
import type { Screen } from '@guatu/client'
import { lazy } from 'react'

const OFFICE = ['leader', 'duty-officer', 'county-clerk', 'town-clerk', 'auditor'] as const
const GATE = ['gate-officer', 'grid-worker', 'town-clerk'] as const

/** Screens of closures and gates. */
export const screens: readonly Screen[] = [
  {
    path: 'closures',
    group: 'containment',
    label: { zh: '封控决定', en: 'Closing orders' },
    icon: <LockOutlined />,
    roles: [...OFFICE, 'grid-worker', 'gate-officer', 'supervision-office'],
    waiting: [{ record: 'closure', filters: { state: 'submitted,reported' }, roles: ['leader', 'duty-officer'] }],
    panels: { closure: lazy(() => import('./orders/order-panel.tsx')) },
    load: () => import('./orders/orders.tsx'),
  },
  { path: 'closures/$id', label: { zh: '封控决定', en: 'Closing order' }, load: () => import('./orders/order-page.tsx') },
  {
    path: 'passes',
    group: 'containment',
    label: { zh: '通行证', en: 'Passes' },
    icon: <QrcodeOutlined />,
    roles: ['duty-officer', 'county-clerk', 'grid-worker', 'town-clerk', 'auditor'],
    waiting: [{ record: 'pass', filters: { state: 'withheld' }, roles: ['grid-worker', 'town-clerk', 'county-clerk'] }],
    load: () => import('./passes/passes.tsx'),
  },
  { path: 'passes/print', label: { zh: '打印通行证', en: 'Print passes' }, load: () => import('./passes/print-sheet.tsx') },
  { path: 'passes/$id', of: 'pass', label: { zh: '通行证', en: 'Pass' }, load: () => import('./passes/pass-page.tsx') },
  {
    path: 'gate',
    group: 'containment',
    label: { zh: '卡口查验', en: 'Gate' },
    icon: <ScanOutlined />,
    roles: GATE,
    startFor: ['gate-officer'],
    load: () => import('./gate-door.tsx'),
  },
  {
    path: 'crossings',
    group: 'containment',
    label: { zh: '卡口登记与在途', en: 'Gate log, on the way' },
    icon: <FieldTimeOutlined />,
    roles: ['duty-officer', 'leader', 'county-clerk', ...GATE, 'auditor'],
    waiting: [
      { record: 'transit', filters: { overdue: 'true' }, roles: ['town-clerk'] },
      { record: 'transit', filters: { unplaced: 'true' }, roles: ['county-clerk', 'duty-officer'] },
      { record: 'transit', filters: { asked: 'county' }, roles: ['county-clerk', 'duty-officer'] },
    ],
    load: () => import('./crossings.tsx'),
  },
  {
    path: 'restrictions',
    group: 'containment',
    label: { zh: '限制措施', en: 'Restrictions' },
    icon: <SafetyCertificateOutlined />,
    roles: ['auditor', 'leader', 'duty-officer', 'supervision-office'],
    load: () => import('./restrictions.tsx'),
  },
]
