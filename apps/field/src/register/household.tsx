import { useSpeech, w } from '@guatu/client/language'
import type { Intent } from '@guatu/client/offline'
import { gates } from '@guatu/domains'
import { inputFields, type Problem } from '@guatu/kernel'
import { useEffect, useState } from 'react'
import { readForm, spread } from '../parts/act-form.tsx'
import { Areas, FieldInput } from '../parts/field-input.tsx'
import { FormFields, OtherProblems, type Written } from '../parts/form-fields.tsx'
import { Picker } from '../parts/picker.tsx'
import { surroundings } from '../parts/words.ts'
import { Wrong } from '../parts/wrong.tsx'
import { useWork } from '../work.tsx'
import { ownAreas } from './own-areas.ts'
import { find, type Recognised } from './recognised.ts'

const MEMBER = ['name', 'documentType', 'documentNumber', 'phone', 'relation'] as const
const MORE = ['plate', 'occupation', 'employer', 'origin'] as const

interface Member {
  readonly id: string
  readonly written: Written
}
const newMember = (): Member => ({ id: crypto.randomUUID(), written: { documentType: 'nationalId' } })

/** A household and those who live there, in one go: one act each, kept together. */
export function HouseholdForm({ known, onDone }: { readonly known: boolean; readonly onDone: () => void }) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const { replica } = work
  const [home, setHome] = useState<Written>({ kind: 'family' })
  const [homeId, setHomeId] = useState<string | undefined>(known ? undefined : () => crypto.randomUUID())
  const [members, setMembers] = useState<readonly Member[]>(() => [newMember()])
  const [problems, setProblems] = useState<Readonly<Record<string, Problem>>>({})
  const own = ownAreas(work)
  const [area, setArea] = useState<string | undefined>(own.length === 1 ? own[0] : undefined)
  const household = replica.registry.records.get('household')
  const person = replica.registry.records.get('person')
  const homeAction = household?.actions.register
  const personAction = person?.actions.register
  if (!household || !person || !homeAction || !personAction) return null
  const homeFields = inputFields(household, homeAction).filter(
    ({ name }) => name === 'door' || name === 'kind' || name === 'phone' || name === 'order',
  )
  const personFields = inputFields(person, personAction)

  const send = async () => {
    const at = surroundings(replica, lang)
    const place = known ? replica.get('household', homeId ?? '')?.area : area
    if (homeId === undefined || place === undefined) return setProblems({ '': NO_HOME })
    const read = readForm(homeFields, home, at)
    const wrong: Record<string, Problem> = { ...read.problems }
    const people: Intent[] = members.map((member, i) => {
      const one = readForm(
        personFields,
        member.written.documentType === 'none' ? { ...member.written, documentNumber: undefined } : member.written,
        at,
      )
      for (const [name, problem] of Object.entries(one.problems)) wrong[`${i}.${name}`] = problem
      return { record: 'person', id: member.id, action: 'register', area: place, input: { ...one.input, household: homeId } }
    })
    if (Object.keys(wrong).length > 0) return setProblems(wrong)
    const intents: Intent[] = known
      ? people
      : [{ record: 'household', id: homeId, action: 'register', area: place, input: read.input }, ...people]
    const done = await work.act(intents)
    if (done.ok) onDone()
    else setProblems(spread(done.problem))
  }
  const wrong = (name: string) => (problems[name] ? <Wrong>{t(problems[name].message)}</Wrong> : null)
  const beside = new Set([
    ...homeFields.map((one) => one.name),
    ...members.flatMap((_, i) => personFields.map((one) => `${i}.${one.name}`)),
  ])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {known ? (
        <Picker label={t(w('哪一户', 'Which household'))} record="household" value={homeId} onChange={setHomeId} />
      ) : (
        <section className="card">
          {own.length > 1 ? <Areas label={t(w('所在村（社区）或网格', 'Village or grid'))} value={area} onChange={setArea} /> : null}
          <FormFields fields={homeFields} written={home} onChange={setHome} problems={problems} />
        </section>
      )}
      {members.map((member, i) => (
        <section className="card" key={member.id}>
          <MemberForm
            number={i + 1}
            written={member.written}
            set={(written) => setMembers((before) => before.map((one) => (one.id === member.id ? { ...one, written } : one)))}
            wrongOf={(name) => wrong(`${i}.${name}`)}
          />
          {members.length > 1 ? (
            <button type="button" className="danger" onClick={() => setMembers((before) => before.filter((one) => one.id !== member.id))}>
              {t(w('去掉这个人', 'Remove this person'))}
            </button>
          ) : null}
        </section>
      ))}
      <button type="button" onClick={() => setMembers((before) => [...before, newMember()])}>
        {t(w('再加一人', 'Add another person'))}
      </button>
      <OtherProblems problems={problems} beside={beside} />
      <div className="foot">
        <button type="submit" className="main">
          {t(w(`保存${members.length}人`, `Save ${members.length}`))}
        </button>
      </div>
    </form>
  )
}

export const NO_HOME: Problem = {
  code: 'required',
  status: 422,
  message: { zh: '请先选择户或所在的村。', en: 'Choose the household or the village first.' },
}

function MemberForm(props: {
  readonly number: number
  readonly written: Written
  readonly set: (written: Written) => void
  readonly wrongOf: (name: string) => React.ReactNode
}) {
  const work = useWork()
  const { t } = useSpeech()
  const { written } = props
  const [found, setFound] = useState<Recognised>()
  const [more, setMore] = useState(false)
  const person = work.replica.registry.records.get('person')
  const number = written.documentType === 'none' ? '' : String(written.documentNumber ?? '')
  const read = gates.readDocument(number)
  const document = read?.document
  const asCard = written.documentType === 'nationalId'
  const rightCard = asCard && read?.type === 'nationalId'
  useEffect(() => {
    setFound(undefined)
    let typing = true
    if (document !== undefined)
      void work.loaded
        .then(() => find(work.replica, work.recognition, document))
        .then((known) => {
          if (typing) setFound(known)
        })
    return () => {
      typing = false
    }
  }, [document, work])
  return (
    <>
      <p className="label">{t(w(`第${props.number}人`, `Person ${props.number}`))}</p>
      {[...MEMBER, ...(more ? MORE : [])].map((name) => {
        const field = person?.fields[name]
        if (!field || (name === 'documentNumber' && written.documentType === 'none')) return null
        return (
          <div key={name}>
            <FieldInput
              field={field}
              required={name === 'name' || name === 'documentType'}
              value={written[name]}
              onChange={(value) => props.set({ ...written, [name]: value })}
            />
            {name === 'documentNumber' && asCard && number.length >= 15 && !rightCard ? (
              <Wrong>
                {t(w('身份证号位数或校验位不对，请与证件核对。', 'The number or its check character is wrong; compare with the card.'))}
              </Wrong>
            ) : null}
            {name === 'documentNumber' && found ? (
              <p className="note">
                {t(
                  w(
                    `已在册：${found.town} ${found.name}。请核对，不要重复登记。`,
                    `Registered already: ${found.name} of ${found.town}. Compare; do not register twice.`,
                  ),
                )}
              </p>
            ) : null}
            {name === 'documentNumber' && rightCard && !found ? (
              <p className="hint">✓ {t(w('校验位正确', 'check character is right'))}</p>
            ) : null}
            {props.wrongOf(name)}
          </div>
        )
      })}
      {more ? null : (
        <button type="button" className="link" onClick={() => setMore(true)}>
          {t(w('更多项', 'More'))}
        </button>
      )}
    </>
  )
}
