import {
  ApartmentOutlined,
  CloudUploadOutlined,
  ControlOutlined,
  FileSearchOutlined,
  InboxOutlined,
  MobileOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { Screen } from '../shell/screens.ts'

/** Screens of the system itself, the same whatever the domains are. */
export const systemScreens: readonly Screen[] = [
  {
    path: 'areas',
    group: 'areas',
    label: { zh: '区划', en: 'Areas' },
    icon: <ApartmentOutlined />,
    load: () => import('./areas/area-browser.tsx'),
  },
  {
    path: 'areas/reform',
    label: { zh: '区划调整', en: 'Reform of areas' },
    roles: ['administrator'],
    load: () => import('./areas/reform/reform-page.tsx'),
  },
  {
    path: 'areas/units',
    label: { zh: '单位和网格', en: 'Units and grids' },
    roles: ['administrator'],
    load: () => import('./areas/units/units-page.tsx'),
  },
  {
    path: 'imports',
    group: 'system',
    label: { zh: '导入', en: 'Imports' },
    icon: <CloudUploadOutlined />,
    load: () => import('../records/import/imports-page.tsx'),
  },
  {
    path: 'parameters',
    group: 'system',
    label: { zh: '参数', en: 'Parameters' },
    icon: <ControlOutlined />,
    load: () => import('./parameters/parameters.tsx'),
  },
  {
    path: 'handed-over',
    group: 'containment',
    label: { zh: '移交箱', en: 'Hand-over box' },
    icon: <InboxOutlined />,
    roles: ['town-clerk', 'county-clerk', 'duty-officer'],
    waiting: [{ record: 'field/handed-over', filters: {}, roles: ['town-clerk', 'county-clerk', 'duty-officer'] }],
    load: () => import('./field/handed-over.tsx'),
  },
  {
    path: 'phones',
    group: 'system',
    label: { zh: '外勤手机', en: 'Field phones' },
    icon: <MobileOutlined />,
    roles: ['administrator', 'town-clerk', 'county-clerk'],
    load: () => import('./field/phones.tsx'),
  },
  {
    path: 'accounts',
    group: 'system',
    label: { zh: '账号', en: 'Accounts' },
    icon: <TeamOutlined />,
    roles: ['administrator'],
    load: () => import('./accounts/accounts.tsx'),
  },
  {
    path: 'accounts/ended',
    label: { zh: '改授', en: 'Grant again' },
    roles: ['administrator'],
    load: () => import('./accounts/ended-grants.tsx'),
  },
  {
    path: 'audit',
    group: 'system',
    label: { zh: '审计', en: 'Audit' },
    icon: <FileSearchOutlined />,
    roles: ['auditor'],
    load: () => import('./audit/audit.tsx'),
  },
  { path: 'account', label: { zh: '我的账号', en: 'My account' }, load: () => import('../account/account.tsx') },
]
