import { type Row, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Button, Flex } from 'antd'
import { Standing } from './standing.tsx'

/** Beside an order in a list: its standing, and the way to its page. */
export default function OrderPanel({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  return (
    <Flex gap={8} align="center" wrap>
      <Standing state={row.state} fields={row.fields} />
      <Link to={`/closures/${row.id}`}>
        <Button size="small">{t(w('打开决定（范围图、公告）', 'Open the order (map, announcement)'))}</Button>
      </Link>
    </Flex>
  )
}
