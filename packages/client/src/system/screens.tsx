import { ApartmentOutlined, ControlOutlined } from '@ant-design/icons'
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
    path: 'parameters',
    group: 'system',
    label: { zh: '参数', en: 'Parameters' },
    icon: <ControlOutlined />,
    load: () => import('./parameters/parameters.tsx'),
  },
]
