import { Actions, Light, Loaded, RecordPanel, type Row, usePlace, useRecords, useSpeech, w } from '@guatu/client'
import { counted, dayWords } from '@guatu/kernel'
import { Button, Card, Drawer, Flex, Tag, Typography } from 'antd'
import { useState } from 'react'
import { LIGHTS } from '../../lights/light.ts'
import { Due, NextReport } from '../register/due.tsx'
import { LightReason } from '../register/light-reason.tsx'

/** A pile as cards that one hand can work through: what, until when, and the next act as a button. */
export function TaskCards({
  record,
  filters,
  empty,
}: {
  readonly record: 'task' | 'item'
  readonly filters: Readonly<Record<string, string>>
  readonly empty: string
}) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const query = useRecords(record, filters)
  const [open, setOpen] = useState<string>()
  const def = registry.records.get(record)
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  if (!def) return null
  return (
    <>
      <Loaded query={query} empty={() => rows.length === 0} emptyText={empty}>
        {() => (
          <Flex vertical gap={8}>
            {rows.map((row) => (
              <TaskCard key={row.id} record={record} row={row} onOpen={() => setOpen(row.id)} />
            ))}
            {query.hasNextPage && (
              <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t(w('更多', 'More'))}
              </Button>
            )}
          </Flex>
        )}
      </Loaded>
      <Drawer open={open !== undefined} onClose={() => setOpen(undefined)} size={680} title={t(def.label)} destroyOnHidden>
        {open && <RecordPanel def={def} id={open} />}
      </Drawer>
    </>
  )
}

function TaskCard({ record, row, onOpen }: { readonly record: 'task' | 'item'; readonly row: Row; onOpen(): void }) {
  const { t } = useSpeech()
  const { registry, named } = usePlace()
  const def = registry.records.get(record)
  const { fields } = row
  const light = String(fields.light ?? 'notStarted')
  const unit = String(fields.unit ?? fields.lead ?? '')
  if (!def) return null
  return (
    <Card size="small" className="task-card">
      <Flex vertical gap={6}>
        <Flex gap={8} align="start" justify="space-between">
          <button type="button" className="task-title" onClick={onOpen}>
            {String(fields.content ?? '')}
          </button>
          <Light light={light} label={LIGHTS[light as keyof typeof LIGHTS]} />
        </Flex>
        <Flex gap={8} wrap align="center" className="task-facts">
          <span>{String(fields.number ?? '')}</span>
          <span>{named(unit)}</span>
          {fields.role === 'lead' && <Tag color="blue">{t(w('牵头', 'Lead'))}</Tag>}
          <span>
            {t(w('时限', 'Due'))} <Due day={fields.due} state={row.state} />
          </span>
          {record === 'task' && <NextReport row={row} />}
          {fields.percent !== undefined && <span>{`${fields.percent}%`}</span>}
          {fields.chases !== undefined && (
            <Tag color="orange">{t({ zh: `催办${fields.chases}次`, en: `${counted(Number(fields.chases), 'reminder')}` })}</Tag>
          )}
          {fields.extensionTo !== undefined && (
            <Tag color="gold">
              {t({ zh: `申请延至${dayWords(String(fields.extensionTo)).zh}`, en: `asks until ${dayWords(String(fields.extensionTo)).en}` })}
            </Tag>
          )}
        </Flex>
        {record === 'task' && <LightReason row={row} />}
        {fields.comment !== undefined && (
          <Typography.Text strong>{t({ zh: `领导批示：${fields.comment}`, en: `Leader's comment: ${fields.comment}` })}</Typography.Text>
        )}
        {fields.extensionReason !== undefined && <Typography.Text>{String(fields.extensionReason)}</Typography.Text>}
        {row.state === 'returned' && fields.review !== undefined && (
          <Typography.Text type="danger">{String(fields.review)}</Typography.Text>
        )}
        {row.state === 'reported' && fields.progress !== undefined && <Typography.Text>{String(fields.progress)}</Typography.Text>}
        <Actions def={def} row={row} onlyAllowed />
      </Flex>
    </Card>
  )
}
