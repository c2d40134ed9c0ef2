import {
  type BulkAction,
  call,
  Light,
  type Preset,
  RecordLink,
  RecordList,
  type Row,
  type RowGroup,
  type RowPage,
  usePlace,
  usePreference,
  useRecord,
  useSpeech,
  w,
} from '@guatu/client'
import { addDays } from '@guatu/kernel'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Flex, Segmented, Tag, Typography } from 'antd'
import { useMemo } from 'react'
import { LIGHTS } from '../../lights/light.ts'
import { Due } from './due.tsx'
import { Unfolded } from './item-work.tsx'

/** Columns of the register as the offices keep it. */
const COLUMNS = [
  'number',
  'content',
  'light',
  'due',
  'lead',
  'assisting',
  'state',
  'percent',
  'progress',
  'problems',
  'filedOn',
  'source',
  'quote',
  'target',
  'leader',
  'responsible',
  'assignedOn',
  'signedAt',
  'frequency',
  'chases',
  'extensionTo',
  'result',
  'review',
  'closedOn',
  'closedBy',
] as const
const SHOWN = COLUMNS.slice(0, 9)
const GROUPINGS = ['none', 'meeting', 'lead', 'light'] as const
type Grouping = (typeof GROUPINGS)[number]
const isGrouping = (value: unknown): value is Grouping => GROUPINGS.some((one) => one === value)
const LIGHT_ORDER = ['red', 'yellow', 'notStarted', 'green', 'done']
const IN_HAND = 'filed,assigned'
const PAGE = 200

/** The lead unit has handed in and waits for its review: the matter no longer runs late. */
const handedIn = (row: Row) => row.fields.percent === 100 && row.fields.light === 'green'

/** The supervision register: every matter from filing to closing, what is late first. */
export default function Register() {
  const { t } = useSpeech()
  const { registry, today, named } = usePlace()
  const asked: { readonly meeting?: unknown } = useSearch({ strict: false })
  const meeting = typeof asked.meeting === 'string' ? asked.meeting : undefined
  const fixed = useMemo(() => (meeting === undefined ? undefined : { meeting }), [meeting])
  const [grouping, setGrouping] = usePreference<Grouping>('register.group', 'none', isGrouping)
  const item = registry.records.get('item')
  const task = registry.records.get('task')
  const presets = useMemo<readonly Preset[]>(
    () => [
      { key: 'hand', label: w('在办', 'In hand'), filters: { state: IN_HAND } },
      { key: 'today', label: w('今日到期', 'Due today'), filters: { state: 'filed,assigned', 'due.from': today, 'due.to': today } },
      { key: 'late', label: w('逾期', 'Overdue'), filters: { state: 'filed,assigned', 'due.to': addDays(today, -1) } },
      { key: 'red', label: w('红灯', 'Red'), filters: { state: IN_HAND, light: 'red' } },
      { key: 'assign', label: w('待交办', 'To assign'), filters: { state: 'filed' } },
      { key: 'close', label: w('待销号', 'To close'), filters: { state: 'concluded' } },
      { key: 'closed', label: w('已销号', 'Closed'), filters: { state: 'closed', sort: '-closedOn' } },
      { key: 'all', label: w('全部', 'All'), filters: {} },
    ],
    [today],
  )
  const bulk = useMemo<readonly BulkAction[]>(() => {
    if (!item || !task) return []
    const open = async (rows: readonly Row[]) => {
      const ids = rows.map((row) => row.id).join()
      const page = await call<RowPage>(`/api/task?item=${ids}&state=issued,signed,returned&limit=500`)
      return page.rows
    }
    return [
      { def: item, action: 'assign' },
      { def: task, action: 'chase', label: w('催办未办结单位', 'Remind the units not done'), targets: open },
    ]
  }, [item, task])
  const group = useMemo(() => {
    if (grouping === 'none') return undefined
    const of = (rows: readonly Row[], counts: ReadonlyMap<string, number> | undefined): readonly RowGroup[] => {
      const groups = new Map<string, Row[]>()
      for (const row of rows) {
        const key = String(row.fields[grouping] ?? '')
        const list = groups.get(key)
        if (list) list.push(row)
        else groups.set(key, [row])
      }
      const heading = (key: string, of: readonly Row[]) => {
        // Of all that the filters find, not of what is loaded so far.
        const all = counts?.get(key) ?? '…'
        const count = t({ zh: `${all}项`, en: `${all}` })
        if (grouping === 'light')
          return (
            <>
              <Light light={key || 'notStarted'} label={LIGHTS[key as keyof typeof LIGHTS] ?? LIGHTS.notStarted} /> · {count}
            </>
          )
        if (grouping === 'lead') return `${named(key)} · ${count}`
        const source = of.find((row) => typeof row.fields.sourceTitle === 'string')?.fields.sourceTitle
        return (
          <>
            {key === '' ? t(w('其他来源', 'Other sources')) : typeof source === 'string' ? source : <RecordLink of="meeting" id={key} />} ·{' '}
            {count}
          </>
        )
      }
      const entries = [...groups.entries()]
      if (grouping === 'light') entries.sort(([a], [b]) => LIGHT_ORDER.indexOf(a) - LIGHT_ORDER.indexOf(b))
      return entries.map(([key, of]) => ({ key, heading: heading(key, of), rows: of }))
    }
    return { by: grouping, of }
  }, [grouping, named, t])
  if (!item) return null
  return (
    <Flex vertical gap={8} className="register">
      <Typography.Title level={3}>{t(w('督办台账', 'Supervision register'))}</Typography.Title>
      {meeting === undefined ? null : <OfMeeting id={meeting} />}
      <RecordList
        key={meeting ?? ''}
        def={item}
        name="register"
        {...(fixed ? { fixed } : {})}
        columns={{ all: COLUMNS, shown: SHOWN }}
        presets={presets}
        pageSize={PAGE}
        bulk={bulk}
        unfold={(row) => <Unfolded row={row} />}
        cells={{ due: (row) => <Due day={row.fields.due} state={handedIn(row) ? 'reported' : row.state} /> }}
        {...(group ? { group } : {})}
        tools={
          <Segmented<Grouping>
            aria-label={t(w('分组', 'Group by'))}
            value={grouping}
            onChange={setGrouping}
            options={[
              { value: 'none', label: t(w('不分组', 'No groups')) },
              { value: 'meeting', label: t(w('按会议', 'By meeting')) },
              { value: 'lead', label: t(w('按单位', 'By unit')) },
              { value: 'light', label: t(w('按灯', 'By light')) },
            ]}
          />
        }
      />
    </Flex>
  )
}

/** Of which meeting alone the register speaks, and the way back to all of them. */
function OfMeeting({ id }: { readonly id: string }) {
  const { t } = useSpeech()
  const navigate = useNavigate()
  const row = useRecord('meeting', id).data
  return (
    <div>
      <Tag closable onClose={() => void navigate({ to: '/register' })}>
        {t(w('会议：', 'Meeting: '))}
        {String(row?.fields.title ?? '…')}
      </Tag>
    </div>
  )
}
