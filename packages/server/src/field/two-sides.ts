import { type Actor, type Problem, refuse } from '@guatu/kernel'
import { registered } from '../gates/observed.ts'
import { definition, rowOf, text } from '../gates/register.ts'
import type { Store } from '../store/store.ts'
import { isRegistering } from './at-the-door.ts'
import type { BoxedAct, Known, OtherSide } from './boxed.ts'

/** Why an entry with a number that the register has under another name waits, of whoever was declared to have arrived. */
export const otherName = ({ data }: Problem): Problem =>
  refuse(
    'other-name-registered',
    {
      zh: `同一证件号码已有人在${data?.office}登记，姓名不同：请再对照证件核对姓名和号码，并告诉乡镇（街道）经办员是不是同一人，由其接收或退回。`,
      en: `Somebody is registered in ${data?.office} under this number by another name: compare name and number with the document once more and tell the clerk of the town whether it is the same person; they receive them, or send it back.`,
    },
    { status: 409, data: { ...data } },
  )

/** By what a clerk sees whether two entries are of one person: nothing by which somebody is found. */
const COMPARED = ['name', 'documentType', 'sex', 'birthYear'] as const

async function registeredAs(store: Store, act: BoxedAct | undefined) {
  if (!act || !isRegistering(act)) return undefined
  const found = await registered(store, text(act.input.documentNumber), 'documentNumber')
  return rowOf(store, 'person', found?.person)
}

const written = (value: unknown) => (typeof value === 'string' ? value.replaceAll(/\s/gu, '') : value)

/** Who is registered under the number of an entry that was refused for it. */
export async function otherSide(store: Store, act: BoxedAct | undefined): Promise<OtherSide | undefined> {
  const there = await registeredAs(store, act)
  if (!there || !act || there.id === act.recordId) return undefined
  const def = definition(store, 'person')
  const own = (name: string) => act.input[name] ?? undefined
  const fields = COMPARED.flatMap((name) => {
    const [field, value] = [def.fields[name], there.fields[name]]
    return field && value !== undefined ? [[name, field.sensitive ? field.mask(value) : value] as const] : []
  })
  return {
    fields: Object.fromEntries(fields),
    differs: COMPARED.filter(
      (name) => own(name) !== undefined && there.fields[name] !== undefined && written(own(name)) !== written(there.fields[name]),
    ),
  }
}

/** What is written beside the look by which a clerk says that two entries are of one person: the auditor reads it. */
const PURPOSE = '移交箱核对：证件号码相同，确认为同一人'

/**
 * The person whom an entry of the box is of, once a clerk says so: what else its phone did with the entry is about them. The look is written down.
 */
export async function samePerson(store: Store, actor: Actor, act: BoxedAct): Promise<Known | Problem> {
  const there = await registeredAs(store, act)
  if (!there)
    return refuse(
      'no-other-side',
      {
        zh: '登记中没有同一证件号码的人，请直接“接收”。',
        en: 'Nobody is registered under this number: take it over as it is.',
      },
      { status: 409 },
    )
  await store.noteLook({ actor: actor.id, what: 'search', record: 'person', purpose: PURPOSE, rows: 1, recordId: there.id })
  const { household } = act.input
  return { person: there.id, ...(typeof household === 'string' ? { household } : {}) }
}
