import { asProblem, Loaded, type Row, useAct, useActs, usePlace, useRecord, useRecords, useSpeech, w } from '@guatu/client'
import { counted } from '@guatu/kernel'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, App, Button, Flex, Progress, Tag, Typography } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { DirectiveCard } from './directive-card.tsx'
import { type Known, suggested, unitNames } from './drafts.ts'
import { MarkedText } from './marked-text.tsx'
import { choseIndicators, joinActs, splitActs } from './recut.ts'
import './intake.css'

/** A communiqué and its draft register, side by side; nothing is created before it is approved. */
export default function MeetingPage() {
  const { id } = useParams({ strict: false })
  const meeting = useRecord('meeting', id)
  return <Loaded query={meeting}>{(row) => <Intake meeting={row} />}</Loaded>
}

/** Has neither owner nor date yet, or one that lies before the meeting. */
const isOpen = (row: Row, heldOn: unknown) =>
  row.state !== 'dropped' &&
  row.fields.soft !== true &&
  (row.fields.lead === undefined || row.fields.due === undefined || String(row.fields.due) < String(heldOn ?? ''))

function Intake({ meeting }: { readonly meeting: Row }) {
  const { t } = useSpeech()
  const { message, modal } = App.useApp()
  const { units, has, registry } = usePlace()
  const filters = useMemo(() => ({ meeting: meeting.id, limit: '500', sort: 'start' }), [meeting.id])
  const list = useRecords('directive', filters)
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  const act = useAct()
  const acts = useActs()
  const [active, setActive] = useState<string>()
  const [place, setPlace] = useState(0)
  const text = String(meeting.fields.text ?? '')
  const known = useMemo<Known>(() => ({ units: unitNames(units), indicators: registry.indicators }), [units, registry])
  const editable = meeting.state === 'draft' && has('supervision-office')
  const live = rows.filter((row) => row.state !== 'dropped')
  const open = live.filter((row) => isOpen(row, meeting.fields.heldOn))
  const tried = useCallback(
    async (work: Promise<unknown>) => {
      try {
        await work
      } catch (error) {
        void message.error(t(asProblem(error).message))
      }
    },
    [message, t],
  )
  const change = (row: Row, changed: Readonly<Record<string, unknown>>) => {
    // Another register of work is watched by other figures, unless somebody chose them.
    const others = suggested(String(changed.domain), known)
    const follow = changed.domain === undefined || choseIndicators(row, known) ? {} : { indicators: others.length > 0 ? others : null }
    void tried(
      act.mutateAsync({ record: 'directive', id: row.id, action: 'revise', version: row.version, input: { ...changed, ...follow } }),
    )
  }
  const sayDropped = () => void message.info(t(w('这条已不采用，请先恢复。', 'It is dropped; restore it first.')))
  const split = (row: Row) => {
    if (row.state === 'dropped') return sayDropped()
    const cut = splitActs(text, row, place, rows.length + 1, known, String(meeting.fields.heldOn))
    if (cut) void tried(acts.mutateAsync(cut))
    else void message.info(t(w('请先在左侧原文中点一下要拆分的位置。', 'First click the place to cut in the text on the left.')))
  }
  const join = (row: Row) => {
    if (row.state === 'dropped') return sayDropped()
    const next = live[live.indexOf(row) + 1]
    const joined = next && joinActs(text, row, next, known, String(meeting.fields.heldOn))
    if (joined) void tried(acts.mutateAsync(joined))
    else void message.info(t(w('后面没有可合并的部署。', 'There is no directive after it to join with.')))
  }
  const drop = (row: Row) => void tried(act.mutateAsync({ record: 'directive', id: row.id, action: 'drop', version: row.version }))
  const restore = (row: Row) => {
    // What was joined holds the words of its parts: a part that came back would order the same thing twice.
    const other = live.find((one) => Number(one.fields.start) < Number(row.fields.end) && Number(row.fields.start) < Number(one.fields.end))
    if (other) {
      const number = String(other.fields.order)
      void message.info(
        t(
          w(
            `这段原文已在第 ${number} 条之中，请先拆分或不采用第 ${number} 条。`,
            `No. ${number} holds these words already; split or drop it first.`,
          ),
        ),
      )
      return
    }
    void tried(act.mutateAsync({ record: 'directive', id: row.id, action: 'restore', version: row.version }))
  }
  const approve = () =>
    void tried(
      act
        .mutateAsync({ record: 'meeting', id: meeting.id, action: 'approve', version: meeting.version })
        .then(() => message.success(t(w('已批准，督办事项已立项。', 'Approved; the matters are filed.')))),
    )

  /** A key is pressed by mistake more easily than a button, and what was approved stays approved. */
  const askToApprove = () =>
    modal.confirm({
      title: t(w('批准这次会议的部署？', 'Approve the directives of this meeting?')),
      content: t({
        zh: `${live.filter((row) => row.fields.soft !== true).length}条部署将立项，批准后不能撤回。`,
        en: `${counted(live.filter((row) => row.fields.soft !== true).length, 'directive')} will be filed; that cannot be taken back.`,
      }),
      okText: t(w('批准', 'Approve')),
      onOk: approve,
    })

  const editActive = () => document.querySelector<HTMLElement>(`[data-card="${active}"] textarea`)?.focus()
  /** The cut begins in the middle of a directive and stays inside it. */
  const inside = (row: Row) => {
    const [start, end] = [Number(row.fields.start), Number(row.fields.end)]
    return place > start && place < end ? place : Math.floor((start + end) / 2)
  }

  useEffect(() => {
    if (!editable) return
    const onKey = (e: KeyboardEvent) => {
      const target = e.target as HTMLElement
      if (
        /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
        target.isContentEditable ||
        target.closest('.ant-modal') ||
        e.ctrlKey ||
        e.metaKey ||
        e.altKey
      )
        return
      const at = rows.findIndex((row) => row.id === active)
      const row = rows[at]
      const go = (to: number) => {
        const next = rows[Math.min(rows.length - 1, Math.max(0, to))]
        if (!next) return
        setActive(next.id)
        document.querySelector(`[data-card="${next.id}"]`)?.scrollIntoView({ block: 'nearest' })
      }
      const keys: Record<string, () => void> = {
        ArrowDown: () => go(at + 1),
        ArrowUp: () => go(at - 1),
        s: () => row && split(row),
        m: () => row && join(row),
        x: () => row && drop(row),
        a: askToApprove,
        ArrowLeft: () => row && setPlace(Math.max(Number(row.fields.start), inside(row) - 1)),
        ArrowRight: () => row && setPlace(Math.min(Number(row.fields.end), inside(row) + 1)),
        Enter: editActive,
      }
      const run = keys[e.key] ?? keys[e.key.toLowerCase()]
      // What has the focus keeps its own keys.
      if (!run || (e.key === 'Enter' && /^(?:BUTTON|A)$/.test(target.tagName))) return
      e.preventDefault()
      run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })

  return (
    <Flex vertical gap={8} className="intake">
      <Flex justify="space-between" align="center" wrap gap={8}>
        <div>
          <Typography.Title level={4} style={{ margin: 0 }}>
            {String(meeting.fields.title)}
          </Typography.Title>
          <Typography.Text type="secondary">
            {[
              meeting.fields.body,
              meeting.fields.session === undefined
                ? undefined
                : t({ zh: `第${meeting.fields.session}次会议`, en: `session ${meeting.fields.session}` }),
              meeting.fields.heldOn,
              meeting.fields.chair,
            ]
              .filter(Boolean)
              .map(String)
              .join(' · ')}
          </Typography.Text>
        </div>
        <Flex gap={12} align="center">
          {meeting.state === 'approved' ? (
            <>
              <Tag color="green">{t(w('已批准', 'Approved'))}</Tag>
              <Link to="/register" search={{ meeting: meeting.id } as never}>
                {t(w('查看督办台账', 'See the register'))}
              </Link>
            </>
          ) : (
            <>
              <Progress
                type="circle"
                aria-label={t(w('已有牵头单位和时限的比例', 'Share with owner and date'))}
                size={36}
                percent={live.length === 0 ? 0 : Math.round((1 - open.length / live.length) * 100)}
              />
              <span role="status">{t({ zh: `${open.length}条缺牵头单位或时限`, en: `${open.length} without owner or date` })}</span>
              {editable && (
                <Button type="primary" onClick={approve} loading={act.isPending}>
                  {t(w('批准（A）', 'Approve (A)'))}
                </Button>
              )}
            </>
          )}
        </Flex>
      </Flex>
      {editable && (
        <Alert
          type="info"
          banner
          title={t(
            w(
              '↑↓ 移动　←→ 移动光标　S 在光标处拆分　M 与下一条合并　X 不采用　Enter 修改　A 批准',
              '↑↓ move · ←→ move the cursor · S split at the cursor · M join with the next · X drop · Enter edit · A approve',
            ),
          )}
        />
      )}
      <div className="intake-panes">
        <MarkedText
          text={text}
          rows={rows}
          active={active}
          place={editable ? place : -1}
          onActive={setActive}
          onPlace={setPlace}
          onEnter={editActive}
        />
        <section className="cards" aria-label={t(w('部署卡片', 'Cards of the directives'))}>
          <Loaded query={list} empty={() => rows.length === 0} emptyText={t(w('没有读出部署', 'No directive was found'))}>
            {() =>
              rows.map((row, i) => (
                <DirectiveCard
                  key={row.id}
                  row={row}
                  number={i + 1}
                  active={row.id === active}
                  editable={editable}
                  missing={isOpen(row, meeting.fields.heldOn)}
                  onActive={() => setActive(row.id)}
                  onChange={(input) => change(row, input)}
                  onSplit={() => split(row)}
                  onJoin={() => join(row)}
                  onDrop={() => drop(row)}
                  onRestore={() => restore(row)}
                />
              ))
            }
          </Loaded>
        </section>
      </div>
    </Flex>
  )
}
