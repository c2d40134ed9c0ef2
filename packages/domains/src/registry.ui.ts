import type { Screen } from '@guatu/client'
import { screens as closures } from './closures/ui/screens.tsx'
import { screens as command } from './command/ui/screens.tsx'
import { screens as daily } from './daily/ui/screens.tsx'
import { screens as monitoring } from './monitoring/ui/screens.tsx'
import { screens as people } from './people/ui/screens.tsx'
import { screens as zoning } from './zoning/ui/screens.tsx'

/** The special screens of all domains, in the order of the navigation. */
export const screens: readonly Screen[] = [...command, ...people, ...monitoring, ...closures, ...zoning, ...daily]
