import { FileDoneOutlined, NotificationOutlined } from '@ant-design/icons'
import type { Screen } from '@guatu/client'

const WRITERS = ['duty-officer', 'county-clerk'] as const
const READERS = [...WRITERS, 'leader', 'auditor'] as const

/** Screens of the end of the day. */
export const screens: readonly Screen[] = [
  {
    path: 'daily',
    group: 'containment',
    label: { zh: '疫情日报', en: 'Daily report' },
    icon: <FileDoneOutlined />,
    roles: READERS,
    load: () => import('./day.tsx'),
  },
  {
    path: 'daily/$id',
    of: 'dailyReport',
    label: { zh: '疫情日报', en: 'Daily report' },
    roles: READERS,
    load: () => import('./report-page.tsx'),
  },
  {
    path: 'public-bulletins',
    group: 'containment',
    label: { zh: '公众通报', en: 'Public bulletins' },
    icon: <NotificationOutlined />,
    roles: READERS,
    load: () => import('./bulletins.tsx'),
  },
  {
    path: 'public-bulletins/$id',
    of: 'publicBulletin',
    label: { zh: '公众通报', en: 'Public bulletin' },
    roles: READERS,
    load: () => import('./bulletin-page.tsx'),
  },
]
