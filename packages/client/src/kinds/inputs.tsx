import type { KindName } from '@guatu/kernel'
import type { ReactNode } from 'react'
import { AccountInput } from './inputs/accounts.tsx'
import { ChoiceInput, FlagInput } from './inputs/choices.tsx'
import { FileInput } from './inputs/files.tsx'
import { ListInput } from './inputs/lists.tsx'
import { ExactInput, NumberInput } from './inputs/numbers.tsx'
import { AreaInput, GeoInput, UnitInput } from './inputs/places.tsx'
import type { InputProps } from './inputs/props.ts'
import { PersonInput, RecordInput } from './inputs/references.tsx'
import { DateInput, MomentInput } from './inputs/times.tsx'
import { LocalizedInput, TextInput } from './inputs/words.tsx'

/** Which input a kind is typed into. A new kind does not compile until it stands here. */
const INPUTS = {
  text: TextInput,
  code: TextInput,
  choice: ChoiceInput,
  count: NumberInput,
  decimal: ExactInput,
  money: ExactInput,
  date: DateInput,
  moment: MomentInput,
  flag: FlagInput,
  area: AreaInput,
  person: PersonInput,
  record: RecordInput,
  unit: UnitInput,
  account: AccountInput,
  actor: TextInput,
  phone: TextInput,
  nationalId: TextInput,
  temperature: NumberInput,
  file: FileInput,
  geoPoint: GeoInput,
  localizedText: LocalizedInput,
  list: ListInput,
} satisfies Record<KindName, (props: InputProps) => ReactNode>

export function FieldInput(props: InputProps) {
  const Input = INPUTS[props.field.kind]
  return <Input {...props} />
}
