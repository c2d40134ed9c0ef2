import { BellOutlined, ReloadOutlined } from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { Badge, type MenuProps } from 'antd'
import { useCounts } from '../api/queries.ts'
import { useSpeech, w } from './language.tsx'
import { MenuButton } from './menu-button.tsx'
import { saidOf, sizeOf, whyOf } from './piles.ts'
import { usePlace } from './place.tsx'
import type { Screen, Waiting } from './screens.ts'

interface Mine {
  readonly screen: Screen
  readonly of: Waiting
}

/** The number of things that wait for this person, with the way to each kind of them. */
export function InboxCount({ screens }: { readonly screens: readonly Screen[] }) {
  const { has, ownUnits } = usePlace()
  const own = (of: Waiting): Waiting =>
    of.unit === undefined || ownUnits.length === 0 ? of : { ...of, filters: { ...of.filters, [of.unit]: ownUnits.join() } }
  const mine = screens.flatMap((screen) => (screen.waiting ?? []).filter((of) => has(...of.roles)).map((of) => ({ screen, of: own(of) })))
  return mine.length > 0 ? <Counted mine={mine} /> : null
}

const AGAIN = 'again'

function Counted({ mine }: { readonly mine: readonly Mine[] }) {
  const { t } = useSpeech()
  const navigate = useNavigate()
  const { piles, readAgain } = useCounts(mine.map(({ of }) => of))
  const { badge, label } = saidOf(piles)
  const why = whyOf(piles)
  const items: NonNullable<MenuProps['items']> = mine.map(({ screen }, k) => ({
    key: String(k),
    label: (
      <Link to={`/${screen.path}`} tabIndex={-1}>
        {t(screen.label)} {sizeOf(piles[k] ?? { count: undefined, error: null })}
      </Link>
    ),
  }))
  if (why) items.push({ type: 'divider' }, { key: AGAIN, icon: <ReloadOutlined />, label: `${t(why)} ${t(w('重试', 'Try again'))}` })
  return (
    <MenuButton
      items={items}
      onChoose={(key) => (key === AGAIN ? readAgain() : void navigate({ to: `/${mine[Number(key)]?.screen.path ?? ''}` }))}
      button={{
        type: 'text',
        'aria-label': t(label),
        title: t(label),
        icon: (
          <Badge count={badge} color="#b42318" size="small">
            <BellOutlined />
          </Badge>
        ),
      }}
    />
  )
}
