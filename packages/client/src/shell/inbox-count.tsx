import { BellOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Badge, Button, Dropdown } from 'antd'
import { useCounts } from '../api/queries.ts'
import { useSpeech } from './language.tsx'
import { usePlace } from './place.tsx'
import type { Screen, Waiting } from './screens.ts'

interface Mine {
  readonly screen: Screen
  readonly of: Waiting
}

/** The number of things that wait for this person, with the way to each kind of them. */
export function InboxCount({ screens }: { readonly screens: readonly Screen[] }) {
  const { has } = usePlace()
  const mine = screens.flatMap((screen) => (screen.waiting ?? []).filter((of) => has(...of.roles)).map((of) => ({ screen, of })))
  return mine.length > 0 ? <Counted mine={mine} /> : null
}

function Counted({ mine }: { readonly mine: readonly Mine[] }) {
  const { t } = useSpeech()
  const counts = useCounts(mine.map(({ of }) => of))
  const n = counts.reduce((sum, one) => sum + one, 0)
  const label = t({ zh: `待办${n}件`, en: `${n} waiting` })
  const bell = (
    <Badge count={n} color="#b42318" size="small" overflowCount={99} offset={[-6, 6]}>
      <Button type="text" icon={<BellOutlined />} tabIndex={-1} aria-hidden />
    </Badge>
  )
  const first = (mine[counts.findIndex((one) => one > 0)] ?? mine[0])?.screen.path
  const link = (
    <Link to={`/${first}`} aria-label={label} title={label}>
      {bell}
    </Link>
  )
  if (mine.length === 1) return link
  const items = mine.map(({ screen }, k) => ({
    key: `${screen.path} ${k}`,
    label: (
      <Link to={`/${screen.path}`}>
        {t(screen.label)} {counts[k]}
      </Link>
    ),
  }))
  return <Dropdown menu={{ items }}>{link}</Dropdown>
}
