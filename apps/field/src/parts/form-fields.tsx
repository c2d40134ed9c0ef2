import { useSpeech } from '@guatu/client/language'
import type { Field, Problem } from '@guatu/kernel'
import { FieldInput } from './field-input.tsx'
import { Wrong } from './wrong.tsx'

/** What stands in a form while somebody writes: text for written kinds, the value itself for chosen ones. */
export type Written = Readonly<Record<string, unknown>>

export interface FormField {
  readonly name: string
  readonly field: Field
  readonly required: boolean
}

type Problems = Readonly<Record<string, Problem>>

/** Fields of a form, each with what is wrong with it beside it. */
export function FormFields(props: {
  readonly fields: readonly FormField[]
  readonly written: Written
  readonly onChange: (change: (before: Written) => Written) => void
  readonly problems: Problems
}) {
  const { t } = useSpeech()
  return props.fields.map(({ name, field, required }) => (
    <div key={name}>
      <FieldInput
        field={field}
        required={required}
        value={props.written[name]}
        onChange={(value) => props.onChange((before) => ({ ...before, [name]: value }))}
      />
      {props.problems[name] ? <Wrong>{t(props.problems[name].message)}</Wrong> : null}
    </div>
  ))
}

/** What is wrong and stands beside no field of the form. */
export function OtherProblems({ problems, beside }: { readonly problems: Problems; readonly beside: ReadonlySet<string> }) {
  const { t } = useSpeech()
  return Object.entries(problems)
    .filter(([name]) => !beside.has(name))
    .map(([name, problem]) => <Wrong key={name}>{t(problem.message)}</Wrong>)
}
