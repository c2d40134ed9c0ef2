import { BankOutlined, CarOutlined, FileSearchOutlined, HeartOutlined, MedicineBoxOutlined } from '@ant-design/icons'
import type { Screen } from '@guatu/client'
import { lazy } from 'react'

const CARE = ['grid-worker', 'health-worker', 'town-clerk', 'county-clerk', 'duty-officer', 'auditor'] as const

/** Screens of monitoring: who came, who is observed, where, and what they need. */
export const screens: readonly Screen[] = [
  {
    path: 'arrivals',
    group: 'containment',
    label: { zh: '返巴', en: 'Arrivals' },
    icon: <CarOutlined />,
    roles: [...CARE, 'gate-officer'],
    panels: { arrival: lazy(() => import('./arrival-panel.tsx')) },
    waysOn: { 'registered-elsewhere': lazy(() => import('./take-in.tsx')) },
    load: () => import('./arrivals.tsx'),
  },
  {
    path: 'observation',
    group: 'containment',
    label: { zh: '观察', en: 'Observation' },
    icon: <HeartOutlined />,
    roles: CARE,
    startFor: ['town-clerk', 'grid-worker', 'health-worker'],
    panels: { watch: lazy(() => import('./watch/watch-panel.tsx')) },
    load: () => import('./board/board.tsx'),
  },
  {
    path: 'sites',
    group: 'containment',
    label: { zh: '集中隔离点', en: 'Sites' },
    icon: <BankOutlined />,
    roles: CARE,
    panels: { site: lazy(() => import('./sites/rooms.tsx')) },
    load: () => import('./sites/sites.tsx'),
  },
  {
    path: 'care',
    group: 'containment',
    label: { zh: '转诊和需求', en: 'Transfers and needs' },
    icon: <MedicineBoxOutlined />,
    roles: CARE,
    load: () => import('./care.tsx'),
  },
  {
    path: 'reconcile',
    group: 'containment',
    label: { zh: '名单比对', en: 'Reconciliation' },
    icon: <FileSearchOutlined />,
    roles: ['town-clerk', 'county-clerk', 'duty-officer'],
    load: () => import('./reconcile/reconcile.tsx'),
  },
]
