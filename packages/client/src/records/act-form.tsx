import { type AnyRecord, type Field, inputFields, MOVE, momentOn, type Problem } from '@guatu/kernel'
import { Button, Form, Modal, Skeleton, Space } from 'antd'
import { Suspense, useEffect, useMemo, useState } from 'react'
import { asProblem, call } from '../api/client.ts'
import { newId, useAct } from '../api/queries.ts'
import type { Receipt, Row } from '../api/types.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { ActFields } from './act-fields.tsx'
import { AreaItem, MoveItem, usePlaceNamed, usePlaces } from './area-choice.tsx'
import { Conflict, changedSince, type Opened } from './conflict.tsx'
import { Refusal } from './refusal.tsx'
import { WaitsForFiles } from './sending.tsx'
import { Submit } from './submit.tsx'
import { HAPPENED_ON, WhenItem } from './when-item.tsx'

export interface ActFormProps {
  readonly def: AnyRecord
  readonly action: string
  /** The record acted on; a new one is made when left out. */
  readonly row?: Opened & { readonly id: string; readonly area: string }
  readonly area?: string
  readonly initial?: Readonly<Record<string, unknown>>
  /** What is sent with it and not asked. */
  readonly fixed?: Readonly<Record<string, unknown>>
  onDone(receipt: Receipt): void
  onCancel?(): void
  /** Something was typed or chosen that is not sent yet. */
  onTyped?(): void
}

const draftKey = (def: AnyRecord, action: string, id: string | undefined) => `guatu.draft.${def.name}.${action}.${id ?? 'new'}`

function readDraft(key: string): Record<string, unknown> | undefined {
  try {
    const kept = sessionStorage.getItem(key)
    return kept ? (JSON.parse(kept) as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function keepDraft(key: string, values: Readonly<Record<string, unknown>> | undefined): void {
  try {
    if (values) sessionStorage.setItem(key, JSON.stringify(values))
    else sessionStorage.removeItem(key)
  } catch {
    // A full or forbidden storage costs the draft, never the form.
  }
}

/** Words that an act demands are written anew each time: yesterday's answer is not today's. */
const isFreshWords = (field: Field, required: boolean) => required && field.limits?.multiline === true

/** The form of one action, from its definition: one column, what is needed first, refusals beside their field. */
export function ActForm(props: ActFormProps) {
  return (
    <WaitsForFiles>
      <OneForm {...props} />
    </WaitsForFiles>
  )
}

function OneForm({ def, action: name, row, area, initial, fixed, onDone, onCancel, onTyped }: ActFormProps) {
  const { t } = useSpeech()
  const { home, reads, looksUp, registry, today, me, waysOn } = usePlace()
  const { places, usual, choose } = usePlaces(def, name)
  const act = useAct()
  // What stood there when the form opened: a list behind it may read the record anew at any moment.
  const [opened, setOpened] = useState<Opened | undefined>(row)
  const [newer, setNewer] = useState<Row>()
  const [problem, setProblem] = useState<Problem>()
  const [where, setWhere] = useState('')
  const [going, setGoing] = useState(false)
  const [form] = Form.useForm<Record<string, unknown>>()
  const asksPlace = !row && area === undefined && choose
  const [first] = useState({ ...initial, ...fixed })
  const named = usePlaceNamed(def, form, places)
  useEffect(() => {
    if (asksPlace) void named(first)
  }, [asksPlace, named, first])
  // One id for the whole life of the form: pressing twice, or again after a lost answer, is one act.
  const ids = useMemo(() => ({ event: newId(), record: row?.id ?? newId() }), [row?.id])
  const action = def.actions[name]
  if (!action) return null
  // What one may not find cannot be chosen: it is asked only where the act stands on it. A register that is not kept here is written by its id.
  const found = (field: Field) => {
    const of = field.kind === 'person' ? 'person' : field.kind === 'record' ? field.of : undefined
    return of === undefined || !registry.records.has(of) || reads(of) || (of === 'person' && looksUp(of))
  }
  const fields = inputFields(def, action, row).filter(
    (one) => fixed?.[one.name] === undefined && (one.required || initial?.[one.name] !== undefined || found(one.field)),
  )
  // What an act asks beside the fields of the record is said anew, also where it is called as one of them.
  const own: ReadonlySet<string> = new Set([...(action.needs ?? []), ...(action.takes ?? [])])
  // Personal data is never written to the browser's storage.
  const key = draftKey(def, name, row?.id ?? (fixed && Object.values(fixed).join('.')))
  const personal = new Set(fields.filter(({ field }) => field.sensitive).map((one) => one.name))
  const keep = (values: Readonly<Record<string, unknown>>) =>
    keepDraft(key, Object.fromEntries(Object.entries(values).filter(([field]) => !personal.has(field))))
  const values = {
    ...Object.fromEntries(
      fields
        .filter(({ name: field, field: of, required }) => own.has(field) && !of.sensitive && !isFreshWords(of, required))
        .map((one) => [one.name, row?.fields[one.name]]),
    ),
    ...initial,
    ...readDraft(key),
  }

  const Way = problem && !row ? waysOn[problem.code] : undefined
  const submit = async ({ area: chosen, [HAPPENED_ON]: day, ...input }: Record<string, unknown>) => {
    const happenedAt = momentOn(day, today, me.zone)
    const place = area ?? (typeof chosen === 'string' ? chosen : (usual ?? home?.id ?? ''))
    setProblem(undefined)
    setNewer(undefined)
    setWhere(place)
    try {
      const receipt = await act.mutateAsync({
        record: def.name,
        id: ids.record,
        action: name,
        event: ids.event,
        input: {
          ...Object.fromEntries(
            Object.entries(input).filter(
              ([field, value]) =>
                value !== undefined &&
                value !== '' &&
                !(opened && own.has(field) && value === opened.fields[field] && !action.needs?.includes(field)),
            ),
          ),
          ...fixed,
        },
        ...(opened ? { version: opened.version } : { area: place }),
        ...(opened && name === MOVE ? { area: String(chosen) } : {}),
        ...(happenedAt === undefined ? {} : { happenedAt }),
      })
      keepDraft(key, undefined)
      onDone(receipt)
    } catch (error) {
      const refused = asProblem(error)
      if (refused.code === 'version-conflict') {
        try {
          setNewer(await call<Row>(`/api/${def.name}/${ids.record}`))
        } catch (unread) {
          setProblem(asProblem(unread))
        }
        return
      }
      const all = refused.problems ?? [refused]
      const placed = all.filter((one) => one.path?.startsWith('input.'))
      form.setFields(placed.map((one) => ({ name: one.path?.slice(6) ?? '', errors: [t(one.message)] })))
      const [first] = placed
      if (first) form.scrollToField(first.path?.slice(6), { block: 'nearest' })
      // What stands beside its field is said there; the way to what stands in the way is shown all the same.
      const leading = placed.find(({ data }) => typeof data?.id === 'string' || typeof data?.person === 'string')
      if (placed.length < all.length) setProblem(refused)
      else if (leading) setProblem(leading)
    }
  }

  return (
    <>
      {problem && !going && <Refusal def={def} problem={problem} />}
      {problem && Way && (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 2 }} />}>
          <Way
            problem={problem}
            id={ids.record}
            area={where}
            going={going}
            onGo={setGoing}
            onDone={(instead) => {
              keepDraft(key, undefined)
              if (instead) onDone(instead)
              else onCancel?.()
            }}
          />
        </Suspense>
      )}
      {!going && (
        <Form
          form={form}
          layout="vertical"
          initialValues={values}
          onFinish={(input) => void submit(input)}
          onValuesChange={(changed, all) => {
            keep(all)
            if (asksPlace) void named(changed)
            onTyped?.()
          }}
          requiredMark={(text, { required }) =>
            required ? (
              text
            ) : (
              <>
                {text}
                {t(w('（选填）', ' (optional)'))}
              </>
            )
          }
        >
          {newer && opened && (
            <Conflict
              def={def}
              opened={opened}
              now={newer}
              typed={fields.map((one) => one.name).filter((field) => own.has(field))}
              onKeep={() => {
                setOpened(newer)
                setNewer(undefined)
              }}
              onTake={() => {
                const changed = changedSince(def, opened, newer).filter((field) => own.has(field))
                form.setFieldsValue(Object.fromEntries(changed.map((field) => [field, newer.fields[field]])))
                setOpened(newer)
                setNewer(undefined)
              }}
            />
          )}
          {asksPlace && <AreaItem places={places} />}
          {row && name === MOVE && <MoveItem def={def} action={name} from={row.area} />}
          <ActFields fields={fields} />
          {action.dated && <WhenItem dated={action.dated} />}
          <Space wrap>
            <Submit busy={act.isPending} danger={action.tone === 'danger'}>
              {t(action.label)}
            </Submit>
            {onCancel && <Button onClick={onCancel}>{t(w('取消', 'Cancel'))}</Button>}
          </Space>
        </Form>
      )}
    </>
  )
}

/**
 * The same form in a dialogue, opened by a button of the record. Once something is typed it closes only by its buttons:
 * Escape meant for an open list, or a click beside it, must not cost what a person has entered.
 */
export function ActDialogue(props: ActFormProps & { readonly open: boolean }) {
  const { t } = useSpeech()
  const [typed, setTyped] = useState(false)
  const action = props.def.actions[props.action]
  return (
    <Modal
      open={props.open}
      title={action && t(action.label)}
      footer={null}
      onCancel={props.onCancel ?? (() => undefined)}
      keyboard={!typed}
      mask={{ closable: !typed }}
      afterOpenChange={(open) => open || setTyped(false)}
      destroyOnHidden
    >
      {props.open && <ActForm {...props} onTyped={() => setTyped(true)} />}
    </Modal>
  )
}
