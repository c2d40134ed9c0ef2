import { type AnyRecord, f } from '@guatu/kernel'
import { Form } from 'antd'
import { FieldInput } from '../kinds/inputs.tsx'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

/** Name of the day in the form; no field of a record has a hyphen. */
export const HAPPENED_ON = 'happened-on'

type Dated = NonNullable<AnyRecord['actions'][string]['dated']>

/** The day on which something was done that is entered later: not in the future, today when left empty. */
export function WhenItem({ dated: { label, hint } }: { readonly dated: Dated }) {
  const { t } = useSpeech()
  const { today } = usePlace()
  return (
    <Form.Item
      name={HAPPENED_ON}
      label={t(label)}
      extra={hint && t(hint)}
      rules={[
        {
          validator: (_, day: unknown) =>
            typeof day === 'string' && day > today
              ? Promise.reject(new Error(t(w('不能晚于今天', 'Not later than today'))))
              : Promise.resolve(),
        },
      ]}
    >
      <FieldInput field={f.date({ label, optional: true })} />
    </Form.Item>
  )
}
