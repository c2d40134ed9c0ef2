import type { AnyRecord, Problem } from '@guatu/kernel'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Descriptions, Flex, Input, Modal, Tag, Typography } from 'antd'
import { useState } from 'react'
import { asProblem, call } from '../../api/client.ts'
import { FieldView } from '../../kinds/view.tsx'
import { RecordLink } from '../../records/record-panel.tsx'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Loaded } from '../../shell/states.tsx'

interface HandedOver {
  readonly id: string
  readonly account: string
  readonly worker: string
  readonly record: string
  readonly recordId: string
  readonly action: string
  readonly happenedAt: string
  readonly receivedAt: string
  readonly problem: Problem
  /** What is taken over with it, in this order. */
  readonly needs: readonly Pick<HandedOver, 'id' | 'record' | 'action' | 'happenedAt'>[]
  /** Fields whose files never came from the phone. */
  readonly without: readonly string[]
  /** Why nobody can read it, where that is so. */
  readonly unreadable?: Problem
  /** Whom the register has under the number of the entry that this is, masked, and what both say differently. */
  readonly other?: { readonly fields: Readonly<Record<string, unknown>>; readonly differs: readonly string[] }
  readonly command: { readonly input: Readonly<Record<string, unknown>> }
}

/** What workers did and may no longer send themselves: the clerk of the place answers for it from here on, or says why not. */
export default function HandedOverBox() {
  const { t } = useSpeech()
  const query = useQuery({
    queryKey: ['handed-over'],
    queryFn: () => call<{ acts: readonly HandedOver[]; waiting: number }>('/api/field/handed-over'),
  })
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(w('移交箱', 'Hand-over box'))}</Typography.Title>
      <Typography.Paragraph type="secondary">
        {t(
          w(
            '已离岗、调岗或手机被清除的工作人员未上传的记录，以及上门申报而证件号码已有他人登记的，按发生时间排列。接收后以原时间入账，由您负责；不接收须写明原因，工作人员在手机上可见，记录仍保留。',
            'What workers who left or moved, or whose phone was wiped, had not sent, and whom a worker declared at the door with a number that somebody else is registered under, oldest first. Taken over, it counts at its own time and you answer for it; let rest, it stays with your reason, which the worker sees on the phone.',
          ),
        )}
      </Typography.Paragraph>
      <Loaded query={query} empty={({ acts }) => acts.length === 0} emptyText={t(w('没有待处理的移交。', 'Nothing waits here.'))}>
        {({ acts, waiting }) => (
          <Flex vertical gap={16}>
            {waiting > acts.length && (
              <Typography.Text type="warning">
                {t(
                  w(
                    `▲ 共${waiting}条待处理，先显示最早的${acts.length}条，处理后显示其余。`,
                    `▲ ${waiting} wait in all; these are the oldest ${acts.length}, the others follow as they are decided on.`,
                  ),
                )}
              </Typography.Text>
            )}
            {[...Map.groupBy(acts, (act) => act.account)].map(([account, of]) => (
              <Worker key={account} acts={of} />
            ))}
          </Flex>
        )}
      </Loaded>
    </Flex>
  )
}

function useDecide() {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useSpeech()
  return useMutation({
    mutationFn: ({ id, reason, same }: { readonly id: string; readonly reason?: string; readonly same?: true }) =>
      call(`/api/field/handed-over/${id}/${reason === undefined ? 'take' : 'drop'}`, {
        body: reason === undefined ? { ...(same ? { same } : {}) } : { reason },
      }),
    // Also where it was refused: something that it builds on may have been taken over before it.
    onSettled: () =>
      Promise.all([['handed-over'], ['count', 'field/handed-over']].map((queryKey) => client.invalidateQueries({ queryKey }))),
    onError: (error) => void message.error(t(asProblem(error).message)),
  })
}

/** Everything of one worker; what belongs together is taken over together, in its order. */
function Worker({ acts }: { readonly acts: readonly HandedOver[] }) {
  const { t } = useSpeech()
  const decide = useDecide()
  const [first] = acts
  const takeAll = async () => {
    for (const { id, unreadable } of acts) {
      if (unreadable) continue
      try {
        await decide.mutateAsync({ id })
      } catch {
        // Said by the mutation; what comes after may build on it, so it waits as well.
        return
      }
    }
  }
  return (
    <Card
      size="small"
      title={`${first?.worker || t(w('账号已删除', 'account removed'))} · ${t(w(`${acts.length}条`, acts.length === 1 ? '1 entry' : `${acts.length} entries`))}`}
      extra={
        acts.length > 1 && (
          <Button size="small" loading={decide.isPending} onClick={() => void takeAll()}>
            {t(w('全部接收', 'Take all over'))}
          </Button>
        )
      }
    >
      <Flex vertical gap={12}>
        {acts.map((act) => (
          <Act key={act.id} act={act} onIt={acts.filter(({ needs }) => needs.some(({ id }) => id === act.id))} />
        ))}
      </Flex>
    </Card>
  )
}

const ANOTHER = w(
  '证件号码与他人登记的相同，但不是同一人：请对照证件核对号码，更正后重新登记并申报返巴；没有证件的按“无证件”登记。',
  'The number is that of somebody else in the register, and this is another person: compare the document, then enter them anew with the right number, or with none, and declare the arrival.',
)

/** @param onIt what builds on it: another person than the register has, it is let rest along */
function Act({ act, onIt }: { readonly act: HandedOver; readonly onIt: readonly HandedOver[] }) {
  const { t } = useSpeech()
  const { registry, at } = usePlace()
  const decide = useDecide()
  const [refusing, setRefusing] = useState(false)
  const [reason, setReason] = useState('')
  const rest = () => {
    setRefusing(false)
    for (const { id } of act.other ? [act, ...onIt] : [act]) decide.mutate({ id, reason })
  }
  const def = registry.records.get(act.record)
  const action = def?.actions[act.action]
  const fields = { ...def?.fields, ...action?.with }
  const time = (instant: string) =>
    new Date(instant).toLocaleString(at.lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: at.zone, dateStyle: 'medium', timeStyle: 'short' })
  return (
    <section className="handed-over">
      <Flex gap={8} wrap align="center">
        <Tag>{t(def?.label ?? w(act.record, act.record))}</Tag>
        <Typography.Text strong>{t(action?.label ?? w(act.action, act.action))}</Typography.Text>
        <RecordLink of={act.record} id={act.recordId} />
        <Typography.Text type="secondary">
          {t(
            w(
              `发生 ${time(act.happenedAt)}，收到 ${time(act.receivedAt)}`,
              `done ${time(act.happenedAt)}, received ${time(act.receivedAt)}`,
            ),
          )}
        </Typography.Text>
      </Flex>
      <Typography.Paragraph type="secondary">{t(act.problem.message)}</Typography.Paragraph>
      {act.needs.length > 0 && (
        <Typography.Paragraph>
          {t(w('先接收其依据，一并入账：', 'Builds on these, which are taken over with it, in this order: '))}
          {act.needs.map((one) => (
            <Tag key={one.id}>
              {t(registry.records.get(one.record)?.label ?? w(one.record, one.record))}
              {' · '}
              {t(registry.records.get(one.record)?.actions[one.action]?.label ?? w(one.action, one.action))} {time(one.happenedAt)}
            </Tag>
          ))}
        </Typography.Paragraph>
      )}
      {act.without.length > 0 && (
        <Typography.Paragraph type="warning">
          {t(
            w(
              `▲ 附件未到达，接收后不带附件入账：${act.without.map((name) => fields[name]?.label.zh ?? name).join('、')}`,
              `▲ Files that never came; taken over, it stands without them: ${act.without.map((name) => fields[name]?.label.en ?? name).join(', ')}`,
            ),
          )}
        </Typography.Paragraph>
      )}
      {act.unreadable && <Typography.Paragraph type="warning">▲ {t(act.unreadable.message)}</Typography.Paragraph>}
      <Descriptions
        size="small"
        column={2}
        items={Object.entries(act.command.input).flatMap(([name, value]) => {
          const field = fields[name]
          return field && value !== null
            ? [{ key: name, label: t(field.label), children: <FieldView field={field} value={value} name={name} /> }]
            : []
        })}
      />
      {act.other && <OtherSide of={act.other} fields={fields} />}
      <Flex gap={8} wrap style={{ marginTop: 8 }}>
        <Button
          type="primary"
          disabled={act.unreadable !== undefined}
          loading={decide.isPending}
          onClick={() => decide.mutate(act.other ? { id: act.id, same: true } : { id: act.id })}
        >
          {t(
            act.other ? w('是同一人，按已有登记接收', 'The same person: receive them by the entry that there is') : w('接收', 'Take over'),
          )}
        </Button>
        <Button
          danger
          onClick={() => {
            if (act.other) setReason(t(ANOTHER))
            setRefusing(true)
          }}
        >
          {t(act.other ? w('不是同一人，退回核对', 'Another person: back to the worker') : w('不接收', 'Let it rest'))}
        </Button>
      </Flex>
      <Modal
        open={refusing}
        title={t(w('不接收的原因', 'Why it is not taken over'))}
        okText={t(w('确定', 'Confirm'))}
        cancelText={t(w('取消', 'Cancel'))}
        okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
        onOk={rest}
        onCancel={() => setRefusing(false)}
      >
        <Input.TextArea
          rows={3}
          maxLength={500}
          showCount
          autoFocus
          aria-label={t(w('原因', 'Reason'))}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </Modal>
    </section>
  )
}

/** The other side: whom the register has under the same number, and what to go by. */
function OtherSide({ of, fields }: { readonly of: NonNullable<HandedOver['other']>; readonly fields: AnyRecord['fields'] }) {
  const { t } = useSpeech()
  const named = (names: readonly string[]) => ({
    zh: names.map((name) => fields[name]?.label.zh ?? name).join('、'),
    en: names.map((name) => fields[name]?.label.en ?? name).join(', '),
  })
  const { zh, en } = named(of.differs)
  return (
    <>
      <Typography.Paragraph type="warning">
        {t(
          of.differs.length === 0
            ? w('▲ 登记中有同一证件号码的人，各项相同。', '▲ Somebody is registered under this number, and says the same throughout.')
            : w(`▲ 登记中有同一证件号码的人，不同之处：${zh}。`, `▲ Somebody is registered under this number, and differs in: ${en}.`),
        )}{' '}
        {t(
          w(
            '请向工作人员核对证件：是同一人（姓名登错、曾用名）的，按已有登记接收到本村，手机此后所做的随之办理；不是同一人的，退回并说明如何更正。此人接收前无人观察，请当日处理。',
            'Have the worker compare the document. The same person, with a name written wrong or a former one, is received here by the entry that there is, with what the phone did since; another one goes back with what to do. Nobody observes them until then: decide today.',
          ),
        )}
      </Typography.Paragraph>
      <Descriptions
        size="small"
        column={2}
        title={t(w('登记中的人', 'In the register'))}
        items={Object.entries(of.fields).flatMap(([name, value]) => {
          const field = fields[name]
          return field ? [{ key: name, label: t(field.label), children: <FieldView field={field} value={value} name={name} /> }] : []
        })}
      />
    </>
  )
}
