import { BellOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Badge, Button } from 'antd'
import { useCount } from '../api/queries.ts'
import { useSpeech } from './language.tsx'
import { usePlace } from './place.tsx'
import type { Screen, Waiting } from './screens.ts'

/** The number of things that wait for this person, with the way to them. */
export function InboxCount({ screens }: { readonly screens: readonly Screen[] }) {
  const { has } = usePlace()
  const screen = screens.find((one) => one.waiting?.some((what) => has(...what.roles)))
  const mine = screen?.waiting?.find((what) => has(...what.roles))
  return screen && mine ? <Counted of={mine} to={`/${screen.path}`} /> : null
}

function Counted({ of, to }: { readonly of: Waiting; readonly to: string }) {
  const { t } = useSpeech()
  const n = useCount(of.record, of.filters).data?.count ?? 0
  const label = t({ zh: `待办${n}件`, en: `${n} waiting` })
  return (
    <Link to={to} aria-label={label} title={label}>
      <Badge count={n} color="#b42318" size="small" overflowCount={99} offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} tabIndex={-1} aria-hidden />
      </Badge>
    </Link>
  )
}
