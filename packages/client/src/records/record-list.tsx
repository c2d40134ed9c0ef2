import { DownloadOutlined, PlusOutlined } from '@ant-design/icons'
import type { AnyRecord } from '@guatu/kernel'
import { Button, Drawer, Flex, Input, Select, Table, type TableColumnsType, Tag } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Filters, useRecords } from '../api/queries.ts'
import type { Row } from '../api/types.ts'
import { FieldView } from '../kinds/view.tsx'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { Loaded } from '../shell/states.tsx'
import { ActDialogue } from './act-form.tsx'
import { RecordPanel } from './record-panel.tsx'

/** The list of a record, from its definition: filters, keyset pages, virtual rows; a row opens beside without losing the place. */
export function RecordList({ def, fixed = {} }: { readonly def: AnyRecord; readonly fixed?: Filters }) {
  const { t, lang } = useSpeech()
  const { me } = usePlace()
  const [filters, setFilters] = useState<Filters>({})
  const [open, setOpen] = useState<string>()
  const [making, setMaking] = useState<string>()
  const all = useMemo(() => ({ ...fixed, ...filters }), [fixed, filters])
  const query = useRecords(def.name, all)
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  const makers = Object.entries(def.actions).filter(
    ([, action]) => action.from === 'new' && !action.automatic && me.grants.some((grant) => action.by[grant.role]),
  )
  const exported = new URLSearchParams({ ...all, lang }).toString()

  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap justify="space-between">
        <FilterBar def={def} filters={filters} onChange={setFilters} />
        <Flex gap={8}>
          <Button icon={<DownloadOutlined />} href={`/api/${def.name}/export.xlsx?${exported}`}>
            {t(w('导出', 'Export'))}
          </Button>
          {makers.map(([name, action]) => (
            <Button key={name} type="primary" icon={<PlusOutlined />} onClick={() => setMaking(name)}>
              {t(action.label)}
            </Button>
          ))}
        </Flex>
      </Flex>
      <Loaded query={query}>
        {() => (
          <Rows
            def={def}
            rows={rows}
            more={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
            onOpen={setOpen}
          />
        )}
      </Loaded>
      <Drawer open={open !== undefined} onClose={() => setOpen(undefined)} size={640} title={t(def.label)}>
        {open && <RecordPanel def={def} id={open} />}
      </Drawer>
      {making && (
        <ActDialogue
          def={def}
          action={making}
          open
          onCancel={() => setMaking(undefined)}
          onDone={({ record }) => {
            setMaking(undefined)
            setOpen(record.id)
          }}
        />
      )}
    </Flex>
  )
}

function FilterBar({ def, filters, onChange }: { readonly def: AnyRecord; readonly filters: Filters; onChange(next: Filters): void }) {
  const { t } = useSpeech()
  const { units } = usePlace()
  const set = (name: string, value: string | undefined) => onChange({ ...filters, [name]: value ?? '' })
  return (
    <Flex gap={8} wrap>
      <Input.Search allowClear placeholder={t(w('查找', 'Find'))} onSearch={(q) => set('q', q)} style={{ width: 200 }} />
      {def.list.filters.map((name) => {
        const field = def.fields[name]
        const options =
          name === 'state'
            ? Object.entries(def.states).map(([value, label]) => ({ value, label: t(label) }))
            : field?.kind === 'unit'
              ? units.map((one) => ({ value: one.id, label: one.name }))
              : Object.entries(field?.options ?? {}).map(([value, label]) => ({ value, label: t(label) }))
        if (options.length === 0) return null
        return (
          <Select
            key={name}
            mode="multiple"
            allowClear
            maxTagCount={1}
            aria-label={name === 'state' ? t(w('状态', 'State')) : field && t(field.label)}
            placeholder={name === 'state' ? t(w('状态', 'State')) : field && t(field.label)}
            options={options}
            value={filters[name] ? filters[name].split(',') : []}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(next: string[]) => set(name, next.join())}
            style={{ minWidth: 140 }}
          />
        )
      })}
    </Flex>
  )
}

interface RowsProps {
  readonly def: AnyRecord
  readonly rows: readonly Row[]
  readonly more: boolean
  readonly loading: boolean
  onMore(): void
  onOpen(id: string): void
}

function Rows({ def, rows, more, loading, onMore, onOpen }: RowsProps) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const mark = end.current
    if (!mark || !more) return
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore())
    seen.observe(mark)
    return () => seen.disconnect()
  }, [more, onMore])
  const columns: TableColumnsType<Row> = def.list.columns.map((name, i) => {
    const field = def.fields[name]
    const title = name === 'state' ? t(w('状态', 'State')) : name === 'area' ? t(w('区划', 'Area')) : field ? t(field.label) : name
    return {
      key: name,
      title,
      ellipsis: name === def.title,
      ...(i === 0 ? { fixed: 'left' as const } : {}),
      render: (_: unknown, row: Row) => {
        if (name === 'state') return <Tag>{def.states[row.state] ? t(def.states[row.state] ?? w('', '')) : row.state}</Tag>
        if (name === 'area') return areas.get(row.area)?.name ?? row.area
        return field ? <FieldView field={field} value={row.fields[name]} name={name} /> : null
      },
    }
  })
  return (
    <>
      <Table<Row>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...rows]}
        pagination={false}
        scroll={{ x: 'max-content' }}
        sticky
        onRow={(row) => ({
          onClick: () => onOpen(row.id),
          onKeyDown: (e) => e.key === 'Enter' && onOpen(row.id),
          tabIndex: 0,
          className: 'clickable',
        })}
        locale={{ emptyText: t(w('没有符合条件的记录', 'Nothing matches')) }}
      />
      <div ref={end} />
      {more && (
        <Button block loading={loading} onClick={onMore}>
          {t(w('更多', 'More'))}
        </Button>
      )}
    </>
  )
}
