import { RecordLink, type Row, useRecord, useSpeech, w } from '@guatu/client'
import { Flex } from 'antd'
import { Quotation } from './item-work.tsx'

/** What a task shows before its facts: the matter it belongs to, in the words of the meeting. */
export default function TaskPanel({ row }: { readonly row: Row }) {
  const { item } = row.fields
  return typeof item === 'string' ? <Source id={item} /> : null
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
