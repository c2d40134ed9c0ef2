import type { Row } from '@guatu/client'
import { Flex } from 'antd'
import { Decomposition, Quotation } from './item-work.tsx'

/** What a matter shows before its facts: the words it comes from, and what each unit has to do of it. */
export default function ItemPanel({ row }: { readonly row: Row }) {
  return (
    <Flex vertical gap={12}>
      <Quotation row={row} />
      <Decomposition item={row.id} actions />
    </Flex>
  )
}
