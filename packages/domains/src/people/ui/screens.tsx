import { DiffOutlined, HomeOutlined, SearchOutlined, ShopOutlined, SolutionOutlined, TeamOutlined } from '@ant-design/icons'
import type { Screen } from '@guatu/client'
import { lazy } from 'react'

const READERS = ['grid-worker', 'town-clerk', 'county-clerk', 'health-worker', 'duty-officer', 'auditor'] as const

/** Screens of the register. */
export const screens: readonly Screen[] = [
  {
    path: 'people',
    panels: { person: lazy(() => import('./person-panel.tsx')), household: lazy(() => import('./household-panel.tsx')) },
    group: 'containment',
    label: { zh: '人员', en: 'People' },
    icon: <TeamOutlined />,
    roles: READERS,
    load: () => import('./people.tsx'),
  },
  {
    path: 'households',
    group: 'containment',
    label: { zh: '户', en: 'Households' },
    icon: <HomeOutlined />,
    roles: READERS,
    load: () => import('./households.tsx'),
  },
  {
    path: 'places',
    group: 'containment',
    label: { zh: '场所', en: 'Places' },
    icon: <ShopOutlined />,
    roles: READERS,
    load: () => import('./places.tsx'),
  },
  {
    path: 'assignments',
    group: 'containment',
    label: { zh: '包保分工', en: 'Assignments' },
    icon: <SolutionOutlined />,
    roles: READERS,
    load: () => import('./assignments.tsx'),
  },
  {
    path: 'find-person',
    group: 'containment',
    label: { zh: '查找人员', en: 'Find a person' },
    icon: <SearchOutlined />,
    roles: [...READERS, 'gate-officer'],
    load: () => import('./find.tsx'),
  },
  {
    path: 'duplicates',
    group: 'containment',
    label: { zh: '疑似重复', en: 'Possible duplicates' },
    icon: <DiffOutlined />,
    roles: ['town-clerk', 'county-clerk', 'duty-officer', 'auditor'],
    load: () => import('./duplicates.tsx'),
  },
]
