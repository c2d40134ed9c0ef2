import { actorLabel, CORRECT, type DomainEvent, type Label, MOVE } from '@guatu/kernel'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Button, DatePicker, Flex, Input, Select, Table, type TableColumnsType } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { FieldView } from '../../kinds/view.tsx'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Loaded } from '../../shell/states.tsx'

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

function List<Row extends { readonly id: string }>(props: {
  readonly what: 'events' | 'looks' | 'accounts'
  readonly by: { readonly record?: boolean; readonly area?: boolean }
  readonly columns: (nameOf: (id: string) => string) => TableColumnsType<Row>
  readonly detail?: (row: Row) => React.ReactNode
}) {
  const { t } = useSpeech()
  const { registry, areas } = usePlace()
  const [filters, setFilters] = useState<Filters>({})
  const set = (name: string, value: string | undefined) => setFilters((before) => ({ ...before, [name]: value ?? '' }))
  const query = useAudit<Row>(props.what, filters)
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
            options={[...areas.values()].map((one) => ({ value: one.id, label: one.name }))}
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

function useTime() {
  const { lang } = useSpeech()
  const { at } = usePlace()
  return (iso: string) =>
    new Date(iso).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: at.zone, dateStyle: 'medium', timeStyle: 'medium' })
}

const BUILT_IN: Readonly<Record<string, Label>> = { [CORRECT]: w('更正', 'Correction'), [MOVE]: w('调整区划', 'Moved') }

export function Events() {
  const { t } = useSpeech()
  const { registry, areas } = usePlace()
  const time = useTime()
  const label = (event: DomainEvent) => {
    const found = registry.records.get(event.record)?.actions[event.action]?.label ?? BUILT_IN[event.action]
    return found ? t(found) : event.action
  }
  return (
    <List<DomainEvent>
      what="events"
      by={{ record: true, area: true }}
      columns={(nameOf) => [
        { title: t(w('录入时间', 'Recorded')), render: (_, one) => time(one.recordedAt) },
        { title: t(w('操作人', 'By')), render: (_, one) => <span title={one.actor}>{nameOf(one.actor)}</span> },
        { title: t(w('台账', 'Record')), render: (_, one) => t(registry.records.get(one.record)?.label ?? w(one.record, one.record)) },
        { title: t(w('操作', 'Act')), render: (_, one) => label(one) },
        { title: t(w('区划', 'Area')), render: (_, one) => areas.get(one.area)?.name ?? one.area },
      ]}
      detail={(event) => <Detail event={event} />}
    />
  )
}

function Detail({ event }: { readonly event: DomainEvent }) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get(event.record)
  return (
    <dl className="facts">
      <div>
        <dt>{t(w('编号', 'Id'))}</dt>
        <dd>
          {event.recordId} · {event.actor}
        </dd>
      </div>
      {Object.entries(event.input).map(([name, value]) => {
        const field = def?.fields[name] ?? def?.actions[event.action]?.with?.[name]
        return field && value !== null ? (
          <div key={name}>
            <dt>{t(field.label)}</dt>
            <dd>
              <FieldView field={field} value={value} name={name} />
            </dd>
          </div>
        ) : null
      })}
    </dl>
  )
}

interface Look {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly what: string
  readonly record: string | null
  readonly recordId: string | null
  readonly purpose: string | null
  readonly rows: number | null
}
const LOOKS: Readonly<Record<string, Label>> = {
  reveal: w('查看明文', 'Revealed'),
  export: w('导出', 'Exported'),
  search: w('检索', 'Searched'),
}

export function Looks() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const time = useTime()
  return (
    <List<Look>
      what="looks"
      by={{ record: true }}
      columns={(nameOf) => [
        { title: t(w('时间', 'When')), render: (_, one) => time(one.at) },
        { title: t(w('查阅人', 'Who')), render: (_, one) => <span title={one.actor}>{nameOf(one.actor)}</span> },
        { title: t(w('方式', 'How')), render: (_, one) => t(LOOKS[one.what] ?? w(one.what, one.what)) },
        { title: t(w('台账', 'Record')), render: (_, one) => t(registry.records.get(one.record ?? '')?.label ?? w('—', '—')) },
        { title: t(w('条数', 'Rows')), dataIndex: 'rows' },
        { title: t(w('目的', 'Purpose')), render: (_, one) => one.purpose ?? '—' },
      ]}
    />
  )
}

interface AccountAct {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly account: string
  readonly what: string
}
const ACCOUNT_ACTS: Readonly<Record<string, Label>> = {
  added: w('新建', 'Added'),
  granted: w('授权', 'Granted'),
  'grant-ended': w('终止授权', 'Grant ended'),
  'password-reset': w('重置密码', 'Password reset'),
  'password-changed': w('修改密码', 'Password changed'),
  locked: w('锁定', 'Locked'),
  unlocked: w('解除锁定', 'Unlocked'),
  closed: w('停用', 'Closed'),
  opened: w('启用', 'Opened'),
  'second-factor-on': w('开通动态验证码', 'Second factor on'),
  'second-factor-off': w('停用动态验证码', 'Second factor off'),
  'sessions-ended': w('退出设备', 'Sessions ended'),
  'device-wiped': w('远程清除手机', 'Phone wiped from afar'),
}

export function AccountActs() {
  const { t } = useSpeech()
  const time = useTime()
  return (
    <List<AccountAct>
      what="accounts"
      by={{}}
      columns={(nameOf) => [
        { title: t(w('时间', 'When')), render: (_, one) => time(one.at) },
        { title: t(w('操作人', 'By')), render: (_, one) => nameOf(one.actor) },
        { title: t(w('操作', 'Act')), render: (_, one) => t(ACCOUNT_ACTS[one.what] ?? w(one.what, one.what)) },
        { title: t(w('账号', 'Account')), render: (_, one) => nameOf(one.account) },
      ]}
    />
  )
}
