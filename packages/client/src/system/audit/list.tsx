import { actorLabel } from '@guatu/kernel'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Button, DatePicker, Flex, Input, Select, Table, type TableColumnsType } from 'antd'
import type { Dayjs } from 'dayjs'
import { useMemo, useState } from 'react'
import { call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Loaded } from '../../shell/states.tsx'
import { liesIn } from '../../shell/way-up.ts'

type Filters = Readonly<Record<string, string>>
type Actors = Readonly<Record<string, { readonly name: string; readonly username: string }>>
interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next?: string
  readonly actors: Actors
}

/** One of the three lists, page after page, newest first. */
function useAudit<Row>(what: 'events' | 'looks' | 'accounts', filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['audit', what, filters],
    queryFn: async ({ pageParam }): Promise<Page<Row>> => {
      const asked = Object.entries({ ...filters, cursor: pageParam }).filter(([, value]) => value !== '')
      const { next, actors, ...rest } = await call<{ next?: string; actors: Actors }>(`/api/audit/${what}?${new URLSearchParams(asked)}`)
      const rows = Object.values(rest).find(Array.isArray) as readonly Row[] | undefined
      return { rows: rows ?? [], actors, ...(next === undefined ? {} : { next }) }
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  })
}

/** A list of the audit, page after page, narrowed by who, when, which record and where. */
export function List<Row extends { readonly id: string }>(props: {
  readonly what: 'events' | 'looks' | 'accounts'
  readonly by: { readonly record?: boolean; readonly area?: boolean }
  readonly columns: (nameOf: (id: string) => string) => TableColumnsType<Row>
  readonly detail?: (row: Row) => React.ReactNode
}) {
  const { t } = useSpeech()
  const { registry, areas, me } = usePlace()
  const [filters, setFilters] = useState<Filters>({})
  const set = (name: string, value: string | undefined) => setFilters((before) => ({ ...before, [name]: value ?? '' }))
  const query = useAudit<Row>(props.what, filters)
  const mine = useMemo(() => new Set(me.grants.map((grant) => grant.area)), [me])
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} wrap>
        {props.by.record && (
          <Select
            allowClear
            style={{ width: 150 }}
            placeholder={t(w('台账', 'Record'))}
            aria-label={t(w('台账', 'Record'))}
            options={[...registry.records.values()].map((def) => ({ value: def.name, label: t(def.label) }))}
            onChange={(value?: string) => set('record', value)}
          />
        )}
        {props.by.area && (
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: 180 }}
            placeholder={t(w('区划', 'Area'))}
            aria-label={t(w('区划', 'Area'))}
            options={[...areas.values()].filter((one) => liesIn(areas, one.id, mine)).map((one) => ({ value: one.id, label: one.name }))}
            onChange={(value?: string) => set('area', value)}
          />
        )}
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          aria-label={t(w('日期', 'Days'))}
          onChange={(days) => setFilters((before) => ({ ...before, from: dayOf(days?.[0]), to: dayOf(days?.[1]) }))}
        />
        <Input.Search
          allowClear
          style={{ width: 220 }}
          placeholder={t(w('账号', 'Account'))}
          aria-label={t(w('账号', 'Account'))}
          onSearch={(value) => set('actor', value.trim())}
        />
      </Flex>
      <Loaded query={query}>
        {({ pages }) => {
          const actors: Actors = Object.assign({}, ...pages.map((page) => page.actors))
          const nameOf = (id: string) => {
            const known = actorLabel(id)
            return actors[id]?.name ?? (known ? t(known) : id)
          }
          return (
            <>
              <Table<Row>
                size="small"
                rowKey="id"
                pagination={false}
                scroll={{ x: 'max-content' }}
                dataSource={pages.flatMap((page) => page.rows)}
                columns={props.columns(nameOf)}
                {...(props.detail ? { expandable: { expandedRowRender: props.detail } } : {})}
              />
              {query.hasNextPage && (
                <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t(w('更早', 'Earlier'))}
                </Button>
              )}
            </>
          )
        }}
      </Loaded>
    </Flex>
  )
}

const dayOf = (day: Dayjs | null | undefined) => (day ? day.format('YYYY-MM-DD') : '')
