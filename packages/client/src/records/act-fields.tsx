import type { Field } from '@guatu/kernel'
import { Form } from 'antd'
import { FieldInput } from '../kinds/inputs.tsx'
import { useSpeech } from '../shell/language.tsx'

/** The inputs of an act, one below the other; what must be given says so in words. */
export function ActFields({
  fields,
}: {
  readonly fields: readonly { readonly name: string; readonly field: Field; readonly required: boolean }[]
}) {
  const { t } = useSpeech()
  return (
    <>
      {fields.map(({ name, field, required }, i) => (
        <Form.Item
          key={name}
          name={name}
          label={t(field.label)}
          required={required}
          extra={field.hint && t(field.hint)}
          rules={required ? [{ required: true, message: t({ zh: `请填写“${field.label.zh}”`, en: `Fill in “${field.label.en}”` }) }] : []}
        >
          <FieldInput field={field} autoFocus={i === 0} />
        </Form.Item>
      ))}
    </>
  )
}
