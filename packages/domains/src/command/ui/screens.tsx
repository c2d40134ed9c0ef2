import {
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  DashboardOutlined,
  FileTextOutlined,
  InboxOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import type { Screen } from '@guatu/client'
import { lazy } from 'react'

const OFFICE = ['supervision-office', 'leader', 'duty-officer', 'auditor'] as const

/** Special screens of the command domain. */
export const screens: readonly Screen[] = [
  {
    path: 'wall',
    group: 'wall',
    label: { zh: '挂图', en: 'Wall' },
    icon: <DashboardOutlined />,
    bare: true,
    roles: [...OFFICE, 'county-clerk'],
    load: () => import('./wall/wall.tsx'),
  },
  {
    path: 'meetings',
    group: 'command',
    label: { zh: '会议', en: 'Meetings' },
    icon: <CalendarOutlined />,
    roles: OFFICE,
    load: () => import('./meetings.tsx'),
  },
  {
    path: 'meetings/new',
    label: { zh: '新会议', en: 'New meeting' },
    roles: ['supervision-office'],
    load: () => import('./intake/new-meeting.tsx'),
  },
  {
    path: 'meetings/$id',
    of: 'meeting',
    label: { zh: '会议', en: 'Meeting' },
    roles: OFFICE,
    load: () => import('./intake/meeting-page.tsx'),
  },
  {
    path: 'inbox',
    group: 'command',
    label: { zh: '待办', en: 'Inbox' },
    icon: <InboxOutlined />,
    roles: ['supervision-office', 'leader', 'duty-officer', 'agency-clerk', 'county-clerk'],
    waiting: [
      { record: 'task', filters: { state: 'reported' }, roles: ['supervision-office'] },
      { record: 'task', filters: { state: 'issued,signed,returned' }, roles: ['agency-clerk', 'county-clerk'], unit: 'unit' },
    ],
    load: () => import('./inbox/inbox.tsx'),
  },
  {
    path: 'register',
    group: 'command',
    label: { zh: '督办台账', en: 'Register' },
    icon: <UnorderedListOutlined />,
    roles: [...OFFICE, 'agency-clerk', 'county-clerk'],
    panels: { item: lazy(() => import('./register/item-panel.tsx')), task: lazy(() => import('./register/task-panel.tsx')) },
    load: () => import('./register/register.tsx'),
  },
  {
    path: 'scoreboard',
    group: 'command',
    label: { zh: '办理情况', en: 'Scoreboard' },
    icon: <BarChartOutlined />,
    roles: [...OFFICE, 'agency-clerk', 'county-clerk'],
    load: () => import('./scoreboard/scoreboard.tsx'),
  },
  {
    path: 'reports',
    group: 'command',
    label: { zh: '报告', en: 'Reports' },
    icon: <FileTextOutlined />,
    roles: OFFICE,
    load: () => import('./report/reports.tsx'),
  },
  {
    path: 'reports/$id',
    of: 'report',
    label: { zh: '进展报告', en: 'Progress report' },
    roles: OFFICE,
    load: () => import('./report/report-page.tsx'),
  },
  {
    path: 'bulletins',
    group: 'command',
    label: { zh: '通报', en: 'Bulletins' },
    icon: <AuditOutlined />,
    roles: [...OFFICE, 'agency-clerk', 'county-clerk', 'town-clerk'],
    load: () => import('./bulletins/bulletins.tsx'),
  },
  { path: 'bulletins/$id', of: 'bulletin', label: { zh: '通报', en: 'Bulletin' }, load: () => import('./bulletins/bulletin-page.tsx') },
]
