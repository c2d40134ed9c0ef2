import { RecordLink, type Row, useRecord, useSpeech, w } from '@guatu/client'
import { Flex } from 'antd'
import { Quotation } from './item-work.tsx'
import { LightReason } from './light-reason.tsx'

/** What a task shows before its facts: the matter it belongs to, in the words of the meeting, and why its light is what it is. */
export default function TaskPanel({ row }: { readonly row: Row }) {
  const { item } = row.fields
  return (
    <Flex vertical gap={4}>
      {typeof item === 'string' && <Source id={item} />}
      <LightReason row={row} />
    </Flex>
  )
}

function Source({ id }: { readonly id: string }) {
  const { t } = useSpeech()
  const { data } = useRecord('item', id)
  if (!data) return null
  return (
    <Flex vertical gap={4}>
      <Quotation row={data} />
      <span>
        {t(w('所属事项：', 'Matter: '))}
        <RecordLink of="item" id={id} />
      </span>
    </Flex>
  )
}
