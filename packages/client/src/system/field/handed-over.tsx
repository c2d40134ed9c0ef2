import type { Problem } from '@guatu/kernel'
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
            '已离岗、调岗或手机被清除的工作人员未上传的记录，按发生时间排列。接收后以原时间入账，由您负责；不接收须写明原因，记录仍保留。',
            'What workers who left or moved, or whose phone was wiped, had not sent, oldest first. Taken over, it counts at its own time and you answer for it; let rest, it stays with your reason.',
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
    mutationFn: ({ id, reason }: { readonly id: string; readonly reason?: string }) =>
      call(`/api/field/handed-over/${id}/${reason === undefined ? 'take' : 'drop'}`, { body: reason === undefined ? {} : { reason } }),
    // Also where it was refused: something that it builds on may have been taken over before it.
    onSettled: () => client.invalidateQueries({ queryKey: ['handed-over'] }),
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
          <Act key={act.id} act={act} />
        ))}
      </Flex>
    </Card>
  )
}

function Act({ act }: { readonly act: HandedOver }) {
  const { t } = useSpeech()
  const { registry, at } = usePlace()
  const decide = useDecide()
  const [refusing, setRefusing] = useState(false)
  const [reason, setReason] = useState('')
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
      <Flex gap={8}>
        <Button
          type="primary"
          disabled={act.unreadable !== undefined}
          loading={decide.isPending}
          onClick={() => decide.mutate({ id: act.id })}
        >
          {t(w('接收', 'Take over'))}
        </Button>
        <Button danger onClick={() => setRefusing(true)}>
          {t(w('不接收', 'Let it rest'))}
        </Button>
      </Flex>
      <Modal
        open={refusing}
        title={t(w('不接收的原因', 'Why it is not taken over'))}
        okText={t(w('确定', 'Confirm'))}
        cancelText={t(w('取消', 'Cancel'))}
        okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
        onOk={() => {
          setRefusing(false)
          decide.mutate({ id: act.id, reason })
        }}
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
