import { useSpeech, w } from '@guatu/client/language'
import { type Field, inputFields, type Problem } from '@guatu/kernel'
import { useState } from 'react'
import { useWork } from '../work.tsx'
import { DAY, DayInput, wrongDay } from './day-input.tsx'
import { factsOf } from './facts.ts'
import { type FormField, FormFields, OtherProblems, type Written } from './form-fields.tsx'
import { said, surroundings } from './words.ts'

/** Reads what was written through each field's own kind; names what is wrong. */
export function readForm(
  fields: readonly FormField[],
  written: Written,
  at: Parameters<Field['fromForm']>[1],
): { input: Record<string, unknown>; problems: Record<string, Problem> } {
  const input: Record<string, unknown> = {}
  const problems: Record<string, Problem> = {}
  for (const { name, field } of fields) {
    const value = written[name]
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) continue
    const read =
      typeof value === 'string' && !field.options && field.kind !== 'record' && field.kind !== 'person'
        ? field.fromForm(value, at)
        : undefined
    if (read && !read.ok) problems[name] = read.problem
    else input[name] = read?.ok ? read.value : value
  }
  return { input, problems }
}

/** Where a refusal belongs: beside its field, or below the form. */
export const spread = (problem: Problem): Record<string, Problem> =>
  Object.fromEntries(
    [problem, ...(problem.problems ?? [])].map((one) => [(one.path ?? '').replace(/^(input|commands\.\d+\.input)\./, ''), one]),
  )

/** The form of any action that works offline, drawn from its definition; done at once on this phone. */
export function ActForm(props: {
  readonly record: string
  readonly id: string
  readonly action: string
  readonly area?: string
  readonly preset?: Written
  readonly hide?: readonly string[]
  /** Everything is asked at once, also what may be left out. */
  readonly whole?: boolean
  readonly onDone: () => void
}) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const def = work.replica.registry.records.get(props.record)
  const action = def?.actions[props.action]
  const row = work.replica.get(props.record, props.id)
  const [written, setWritten] = useState<Written>(props.preset ?? {})
  const [problems, setProblems] = useState<Readonly<Record<string, Problem>>>({})
  const [open, setOpen] = useState(props.whole === true)
  const [day, setDay] = useState('')
  if (!def || !action) return null
  const fields = inputFields(def, action, row).filter(({ name }) => !props.hide?.includes(name))
  const needed = fields.filter((one) => one.required)
  const rest = fields.filter((one) => !one.required)
  const shown = open || needed.length === 0 ? fields : needed

  const send = async () => {
    const read = readForm(fields, written, surroundings(work.replica, lang))
    const preset = Object.fromEntries(
      (props.hide ?? []).flatMap((name) => (props.preset?.[name] === undefined ? [] : [[name, props.preset[name]]])),
    )
    const wrong = { ...read.problems, ...wrongDay(day, work.replica.clock) }
    if (Object.keys(wrong).length > 0) return setProblems(wrong)
    const intent = { record: props.record, id: props.id, action: props.action, input: { ...read.input, ...preset } }
    const done = await work.act([
      { ...intent, ...(action.dated && day !== '' ? { day } : {}), ...(props.area === undefined ? {} : { area: props.area }) },
    ])
    if (done.ok) props.onDone()
    else setProblems(spread(done.problem))
  }
  const beside = new Set([...shown.map((one) => one.name), DAY])
  return (
    // What is wrong is said in the words and the language of this app.
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {row ? <Facts record={props.record} id={props.id} whole={action.vouches !== undefined} /> : null}
      <FormFields fields={shown} written={written} onChange={setWritten} problems={problems} />
      {action.dated ? <DayInput dated={action.dated} value={day} onChange={setDay} wrong={problems[DAY]} /> : null}
      {!open && needed.length > 0 && rest.length > 0 ? (
        <button type="button" onClick={() => setOpen(true)}>
          {t(w(`更多（${rest.length}项，可不填）`, `More (${rest.length}, optional)`))}
        </button>
      ) : null}
      <OtherProblems problems={problems} beside={beside} />
      <div className="foot">
        <button type="submit" className="main">
          {t(action.label)}
        </button>
      </div>
    </form>
  )
}

/** What is known of a record, before something is done to it; the whole of it to whoever vouches for it. */
function Facts({ record, id, whole }: { readonly record: string; readonly id: string; readonly whole: boolean }) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const def = work.replica.registry.records.get(record)
  const row = work.replica.get(record, id)
  if (!def) return null
  return (
    <dl className="card">
      {factsOf(def, row, whole).map((name) => {
        const field = def.fields[name]
        const value = row?.fields[name]
        return field ? (
          <div key={name}>
            <dt>{t(field.label)}</dt>
            <dd>{said(work.replica, field, value, lang)}</dd>
          </div>
        ) : null
      })}
    </dl>
  )
}
