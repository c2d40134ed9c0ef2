import { useCount, usePlace, useSpeech, w } from '@guatu/client'
import { addDays, type Label } from '@guatu/kernel'
import { Alert, Badge, Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { TaskCards } from './task-cards.tsx'
import './inbox.css'

/** One pile of the inbox: what is in it, and what is usually done with it. */
interface Pile {
  readonly key: string
  readonly label: Label
  readonly record: 'task' | 'item'
  readonly filters: Readonly<Record<string, string>>
  /** Nothing left to do here: what the empty pile says. */
  readonly empty: Label
}

const unitPiles = (today: string): readonly Pile[] => [
  {
    key: 'sign',
    label: w('待签收', 'To sign'),
    record: 'task',
    filters: { state: 'issued', sort: 'due' },
    empty: w('没有待签收的任务', 'Nothing to sign for'),
  },
  {
    key: 'returned',
    label: w('被退回', 'Returned'),
    record: 'task',
    filters: { state: 'returned', sort: 'due' },
    empty: w('没有被退回的任务', 'Nothing was returned'),
  },
  {
    key: 'late',
    label: w('已逾期', 'Overdue'),
    record: 'task',
    filters: { state: 'signed', 'due.to': addDays(today, -1), sort: 'due' },
    empty: w('没有逾期任务', 'Nothing is overdue'),
  },
  {
    key: 'rhythm',
    label: w('应报进展', 'Report due'),
    record: 'task',
    filters: { state: 'signed,returned', 'reportDue.to': today, sort: 'reportDue' },
    empty: w('没有到期应报的进展', 'No report is due'),
  },
  {
    key: 'report',
    label: w('待反馈', 'To report'),
    record: 'task',
    filters: { state: 'signed', 'due.from': today, sort: 'due' },
    empty: w('没有办理中的任务', 'Nothing is in hand'),
  },
  {
    key: 'chased',
    label: w('被催办', 'Reminded'),
    record: 'task',
    filters: { state: 'issued,signed,returned', chases: 'given', sort: '-chasedAt' },
    empty: w('没有被催办的任务', 'No reminders'),
  },
  {
    key: 'extension',
    label: w('延期申请', 'Extensions'),
    record: 'task',
    filters: { extensionTo: 'given', sort: 'due' },
    empty: w('没有待答复的延期申请', 'No request is waiting'),
  },
  {
    key: 'waiting',
    label: w('待审核', 'In review'),
    record: 'task',
    filters: { state: 'reported', sort: 'due' },
    empty: w('没有待审核的反馈', 'Nothing is in review'),
  },
]

const officePiles = (today: string): readonly Pile[] => [
  {
    key: 'review',
    label: w('待审核', 'To review'),
    record: 'task',
    filters: { state: 'reported', sort: 'due' },
    empty: w('没有待审核的反馈', 'Nothing to review'),
  },
  {
    key: 'extension',
    label: w('延期申请', 'Extensions'),
    record: 'task',
    filters: { extensionTo: 'given', sort: 'due' },
    empty: w('没有延期申请', 'No request for extension'),
  },
  {
    key: 'chase',
    label: w('逾期待催', 'To chase'),
    record: 'task',
    filters: { state: 'issued,signed,returned', 'due.to': addDays(today, -1), sort: 'due' },
    empty: w('没有逾期任务', 'Nothing is overdue'),
  },
  {
    key: 'unreported',
    label: w('进展逾期未报', 'Reports late'),
    record: 'task',
    filters: { state: 'signed,returned', 'reportDue.to': addDays(today, -1), sort: 'reportDue' },
    empty: w('没有逾期未报的进展', 'No report is late'),
  },
  {
    key: 'unsigned',
    label: w('未签收', 'Not signed'),
    record: 'task',
    filters: { state: 'issued', 'issuedOn.to': addDays(today, -1), sort: 'issuedOn' },
    empty: w('全部按时签收', 'All signed for'),
  },
  {
    key: 'assign',
    label: w('待交办', 'To assign'),
    record: 'item',
    filters: { state: 'filed', sort: 'due' },
    empty: w('没有待交办事项', 'Nothing to assign'),
  },
  {
    key: 'close',
    label: w('待销号', 'To close'),
    record: 'item',
    filters: { state: 'concluded', sort: 'due' },
    empty: w('没有待销号事项', 'Nothing to close'),
  },
]

/** What waits for this person: a unit signs and reports, the supervision office reviews, answers, reminds and closes. */
export default function Inbox() {
  const { t } = useSpeech()
  const { has, today, ownUnits } = usePlace()
  const office = has('supervision-office', 'leader', 'duty-officer', 'auditor')
  const piles = office ? officePiles(today) : unitPiles(today).map((pile) => ofUnits(pile, ownUnits))
  const [chosen, setChosen] = useState<string>()
  // The first pile that holds something is opened, so that work begins without a click.
  const filled = useFilled(piles)
  const key = chosen ?? filled ?? piles[0]?.key ?? ''
  const pile = piles.find((one) => one.key === key)
  return (
    <Flex vertical gap={8} className="inbox">
      <Typography.Title level={3}>{t(w('待办', 'Inbox'))}</Typography.Title>
      {!office && ownUnits.length === 0 && (
        <Alert
          type="info"
          showIcon
          title={t(
            w(
              '您的账号没有指定单位：可以查看本区县各单位的任务，签收、报进展、办结反馈由挂单位的账号办理。需要代表单位（如区县应急指挥部）办理的，请系统管理员在“系统 → 账号”为您的授权选择单位。',
              'Your account works for no unit: you see the tasks of your county’s units, and the accounts of those units sign for and report on them. To act for one (such as the county headquarters), ask the system administrator to grant it with the unit, under System → Accounts.',
            ),
          )}
        />
      )}
      <Flex gap={4} className="inbox-piles" role="group" aria-label={t(w('待办分类', 'Piles'))}>
        {piles.map((one) => (
          <Button
            key={one.key}
            type={one.key === key ? 'primary' : 'default'}
            aria-pressed={one.key === key}
            onClick={() => setChosen(one.key)}
          >
            <PileLabel pile={one} />
          </Button>
        ))}
      </Flex>
      {pile && <TaskCards key={pile.key} record={pile.record} filters={pile.filters} empty={t(pile.empty)} />}
    </Flex>
  )
}

/** Of a person who works for units only what is theirs waits: others of the county see to their own. */
const ofUnits = (pile: Pile, units: readonly string[]): Pile =>
  units.length === 0 ? pile : { ...pile, filters: { ...pile.filters, unit: units.join() } }

const count = (pile: Pile) => {
  const { sort: _, ...filters } = pile.filters
  return filters
}

function PileLabel({ pile }: { readonly pile: Pile }) {
  const { t } = useSpeech()
  const n = useCount(pile.record, count(pile)).data?.count ?? 0
  return (
    <span>
      {t(pile.label)} <Badge count={n} color={n === 0 ? '#8c96a3' : '#b42318'} overflowCount={999} size="small" showZero={false} />
    </span>
  )
}

/** The first of the first four piles that holds something, else the fifth; undefined while nobody knows. */
function useFilled(piles: readonly Pile[]): string | undefined {
  const first = useCount('task', piles[0] ? count(piles[0]) : {})
  const second = useCount('task', piles[1] ? count(piles[1]) : {})
  const third = useCount('task', piles[2] ? count(piles[2]) : {})
  const fourth = useCount('task', piles[3] ? count(piles[3]) : {})
  const all = [first, second, third, fourth]
  if (all.some((one) => one.isPending)) return undefined
  const at = all.findIndex((one) => (one.data?.count ?? 0) > 0)
  return piles[at < 0 ? 4 : at]?.key
}
