import type { AnyRecord, Label, Problem } from '@guatu/kernel'
import { fullDayWords, inputFields } from '@guatu/kernel'
import { Alert, Button, Flex, Form, List, Modal, Typography } from 'antd'
import { useState } from 'react'
import { asProblem } from '../api/client.ts'
import { type Act, type ActAnswer, newId, useBulk } from '../api/queries.ts'
import type { Row } from '../api/types.ts'
import { TitleView } from '../kinds/record-name.tsx'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { ActFields } from './act-fields.tsx'
import { fromDay, notBefore } from './not-before.ts'
import { WaitsForFiles } from './sending.tsx'
import { Submit } from './submit.tsx'

/** An act on many records at once: of which record, and on which ones, given the rows that were ticked. */
export interface BulkAction {
  readonly def: AnyRecord
  readonly action: string
  readonly label?: Label
  /** The records to act on; those ticked when left out. */
  readonly targets?: (rows: readonly Row[]) => Promise<readonly Row[]>
}

interface Outcome {
  readonly row: Row
  readonly answer: ActAnswer
}

/** Rows on which an action is done, with how many of those that were ticked it is too early for, and the first day of these. */
interface Chosen {
  readonly of: BulkAction
  readonly rows: readonly Row[]
  readonly early: number
  readonly from?: string | undefined
}

function chosenOf(of: BulkAction, ticked: readonly Row[], today: string): Chosen {
  // Where it is done on others than those ticked, these have no day for it.
  const day = (row: Row) => (of.targets ? undefined : notBefore(of.def.actions[of.action], row, today))
  const days = ticked.flatMap((row) => day(row) ?? []).sort()
  return { of, rows: ticked.filter((row) => day(row) === undefined), early: days.length, from: days[0] }
}

/** How many of those ticked an action is done on, or the first day on which it is. */
function offered(label: Label, { rows, from }: Chosen): Label {
  if (from === undefined) return label
  return rows.length === 0 ? fromDay(label, from) : { zh: `${label.zh}（${rows.length}条）`, en: `${label.en} (${rows.length})` }
}

/** What can be done with the ticked rows; each row gets its own answer, and none fails for another. */
export function BulkBar({
  actions,
  rows,
  onDone,
}: {
  readonly actions: readonly BulkAction[]
  readonly rows: readonly Row[]
  onDone(): void
}) {
  const { t } = useSpeech()
  const { today } = usePlace()
  // The rows as they were ticked: what is done may leave the list behind, and its answers are still to be read.
  const [open, setOpen] = useState<Chosen>()
  return (
    <>
      {rows.length > 0 && (
        <Flex gap={8} align="center" className="bulk-bar" role="status">
          <Typography.Text strong>{t({ zh: `已选${rows.length}条`, en: `${rows.length} selected` })}</Typography.Text>
          {actions.map((one) => {
            const chosen = chosenOf(one, rows, today)
            const due = chosen.rows.length > 0
            return (
              <Button
                key={`${one.def.name}.${one.action}`}
                size="small"
                type={due ? 'primary' : 'default'}
                aria-disabled={!due}
                {...(due ? {} : { className: 'refused' })}
                onClick={() => due && setOpen(chosen)}
              >
                {t(offered(one.label ?? one.def.actions[one.action]?.label ?? w('', ''), chosen))}
              </Button>
            )
          })}
          <Button size="small" type="text" onClick={onDone}>
            {t(w('取消选择', 'Clear'))}
          </Button>
        </Flex>
      )}
      {open && <BulkDialogue {...open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

const leftOut = (n: number, from: string): Label => ({
  zh: `所选另有${n}条未到日期，不在其中：最早${fullDayWords(from).zh}起可办。`,
  en: `Of those selected ${n} more are left out, for their day is still to come: the first can be done from ${fullDayWords(from).en}.`,
})

function BulkDialogue({ of, rows, early, from, onClose }: Chosen & { onClose(): void }) {
  const { t } = useSpeech()
  const bulk = useBulk()
  const { named } = usePlace()
  const [problem, setProblem] = useState<Problem>()
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>()
  const action = of.def.actions[of.action]
  if (!action) return null
  // What a single form asks for the record itself stays as it is on every row; only what must be given is asked once for all.
  const fields = inputFields(of.def, action).filter((one) => one.required || action.with?.[one.name])
  const send = async (input: Record<string, unknown>) => {
    setProblem(undefined)
    try {
      const targets = of.targets ? await of.targets(rows) : rows
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== ''))
      const acts = targets.map(
        (row): Act => ({ record: of.def.name, id: row.id, action: of.action, event: newId(), version: row.version, input: given }),
      )
      const { results } = await bulk.mutateAsync(acts)
      setOutcomes(targets.flatMap((row, i) => (results[i] ? [{ row, answer: results[i] }] : [])))
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const done = outcomes?.filter((one) => !('problem' in one.answer)).length ?? 0
  return (
    <Modal open title={t(of.label ?? action.label)} footer={null} onCancel={onClose} width={640}>
      {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} style={{ marginBottom: 12 }} />}
      {outcomes ? (
        <Flex vertical gap={12}>
          <Alert
            type={done === outcomes.length ? 'success' : 'warning'}
            showIcon
            title={t({ zh: `${outcomes.length}条中${done}条已办理。`, en: `${done} of ${outcomes.length} done.` })}
          />
          <List
            size="small"
            className="bulk-outcome"
            dataSource={[...outcomes]}
            renderItem={({ row, answer }) => (
              <List.Item>
                <span>
                  <span aria-hidden>{'problem' in answer ? '✕ ' : '✓ '}</span>
                  {[row.fields.number, named(row.fields.unit ?? row.area)].filter(Boolean).join(' · ')}{' '}
                  <TitleView def={of.def} value={row.fields[of.def.title]} />
                </span>
                {'problem' in answer && <Typography.Text type="danger">{t(answer.problem.message)}</Typography.Text>}
              </List.Item>
            )}
          />
          <Button type="primary" onClick={onClose}>
            {t(w('知道了', 'Close'))}
          </Button>
        </Flex>
      ) : (
        <WaitsForFiles>
          <Form layout="vertical" onFinish={(input: Record<string, unknown>) => void send(input)}>
            {from !== undefined && <Alert type="info" showIcon title={t(leftOut(early, from))} style={{ marginBottom: 12 }} />}
            <ActFields fields={fields} />
            <Submit busy={bulk.isPending}>{t({ zh: `对${rows.length}条办理`, en: `Do for ${rows.length}` })}</Submit>
          </Form>
        </WaitsForFiles>
      )}
    </Modal>
  )
}
