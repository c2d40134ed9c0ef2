import { FileTextOutlined } from '@ant-design/icons'
import type { AnyRecord, Field, RecordState } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Button, Card, Descriptions, Flex, Skeleton, Tag, Typography } from 'antd'
import { type ReactNode, Suspense, useState } from 'react'
import { useRecord } from '../api/queries.ts'
import type { Row } from '../api/types.ts'
import type { About } from '../kinds/file-link.tsx'
import { TitleView } from '../kinds/record-name.tsx'
import { FieldView } from '../kinds/view.tsx'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { Loaded } from '../shell/states.tsx'
import { Actions } from './actions.tsx'
import { isDocument } from './document.ts'
import { Reveal } from './reveal.tsx'
import { StandsWide } from './stands-wide.tsx'
import { Timeline } from './timeline.tsx'

/** One record: state and next actions, facts, timeline. The same in a side panel and on a page of its own. */
export function RecordPanel({ def, id }: { readonly def: AnyRecord; readonly id: string }) {
  const query = useRecord(def.name, id)
  const { panels } = usePlace()
  const Panel = panels[def.name]
  return (
    <Loaded query={query}>
      {(row) => (
        <RecordView def={def} row={row}>
          {Panel && (
            <Suspense fallback={<Skeleton active paragraph={{ rows: 2 }} />}>
              <Panel row={row} />
            </Suspense>
          )}
        </RecordView>
      )}
    </Loaded>
  )
}

function RecordView({ def, row, children }: { readonly def: AnyRecord; readonly row: Row; readonly children?: ReactNode }) {
  const { t } = useSpeech()
  const { named, pages } = usePlace()
  const page = pages[def.name]
  const [clear, setClear] = useState<Row>()
  const state = def.states[row.state]
  // What was revealed is shown as long as it is the same version; a change is read masked again.
  const shown = clear?.version === row.version ? clear : undefined
  return (
    <Flex vertical gap={16}>
      <div>
        <Flex justify="space-between" align="start" gap={8} wrap>
          <Typography.Title level={4} style={{ margin: 0 }}>
            <TitleView def={def} value={(shown ?? row).fields[def.title]} />
          </Typography.Title>
          <Tag color="blue">{state ? t(state) : row.state}</Tag>
        </Flex>
        <Typography.Text type="secondary">
          {named(row.area)} · {t(w('第', 'version '))}
          {row.version}
          {t(w('版', ''))}
        </Typography.Text>
      </div>
      <Flex gap={8} wrap>
        <Actions def={def} row={row} />
        {page && (
          <Link to={`${page}${row.id}`}>
            <Button icon={<FileTextOutlined />}>{t(w('打开完整页面', 'Open its page'))}</Button>
          </Link>
        )}
        <Reveal def={def} row={row} shown={shown !== undefined} onChange={setClear} />
      </Flex>
      <StandsWide def={def} row={row} />
      {children}
      <Facts def={def} row={shown ?? row} />
      <Card size="small" title={t(w('办理记录', 'What was done'))}>
        <Timeline def={def} id={row.id} />
      </Card>
    </Flex>
  )
}

/** What a record says, by the labels of its fields. */
export function Facts({ def, row }: { readonly def: AnyRecord; readonly row: Pick<RecordState, 'id' | 'fields'> }) {
  const { t } = useSpeech()
  const given = Object.entries(def.fields).filter(
    ([name]) => row.fields[name] !== undefined && name !== def.title && !isDocument(row.fields[name]),
  )
  return (
    <Descriptions
      styles={{ label: { width: 160 } }}
      size="small"
      column={1}
      bordered
      items={given.map(([name, field]) => ({
        key: name,
        label: t(field.label),
        children: <FactView field={field} value={row.fields[name]} name={name} about={{ record: def.name, id: row.id }} />,
      }))}
    />
  )
}

/** A fact in full: records that it points to are named and can be opened. */
function FactView(props: { readonly field: Field; readonly value: unknown; readonly name: string; readonly about: About }) {
  const { field, value } = props
  const of = field.item?.kind === 'record' ? field.item.of : undefined
  if (of !== undefined && Array.isArray(value))
    return (
      <Flex vertical>
        {value.map(String).map((id) => (
          <RecordLink key={id} of={of} id={id} />
        ))}
      </Flex>
    )
  return field.kind === 'record' && field.of && typeof value === 'string' ? (
    <RecordLink of={field.of} id={value} />
  ) : (
    <FieldView {...props} />
  )
}

/** A record by its title, as a link; nothing to press where the reader may not see it. */
export function RecordLink({ of, id }: { readonly of: string; readonly id: string }) {
  const { registry, reads } = usePlace()
  const query = useRecord(of, reads(of) ? id : undefined)
  const def = registry.records.get(of)
  if (!def || !query.data) return <Typography.Text type="secondary">—</Typography.Text>
  return (
    <Link to={`/records/${of}/${id}`}>
      <TitleView def={def} value={query.data.fields[def.title]} />
    </Link>
  )
}
