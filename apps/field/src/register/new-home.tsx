import { useSpeech, w } from '@guatu/client/language'
import { inputFields, type Problem } from '@guatu/kernel'
import { useState } from 'react'
import { readForm, spread } from '../parts/act-form.tsx'
import { DAY, DayInput, wrongDay } from '../parts/day-input.tsx'
import { Areas } from '../parts/field-input.tsx'
import { FormFields, OtherProblems, type Written } from '../parts/form-fields.tsx'
import { surroundings } from '../parts/words.ts'
import { useWork } from '../work.tsx'
import { NO_HOME } from './household.tsx'
import { ownAreas } from './own-areas.ts'

/** Somebody moves into a home that nobody knew yet: it is registered, and they live there from the day of the move. */
export function NewHome({ person, onDone }: { readonly person: string; readonly onDone: () => void }) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const { replica } = work
  const own = ownAreas(work)
  const [home, setHome] = useState<Written>({ kind: 'family' })
  const [area, setArea] = useState<string | undefined>(own.length === 1 ? own[0] : undefined)
  const [household] = useState(() => crypto.randomUUID())
  const [day, setDay] = useState('')
  const [problems, setProblems] = useState<Readonly<Record<string, Problem>>>({})
  const def = replica.registry.records.get('household')
  const register = def?.actions.register
  const move = replica.registry.records.get('person')?.actions.changeHousehold
  if (!def || !register || !move?.dated) return null
  const fields = inputFields(def, register).filter(({ name }) => name === 'door' || name === 'kind')

  const send = async () => {
    if (area === undefined) return setProblems({ '': NO_HOME })
    const read = readForm(fields, home, surroundings(replica, lang))
    const wrong = { ...read.problems, ...wrongDay(day, replica.clock) }
    if (Object.keys(wrong).length > 0) return setProblems(wrong)
    const done = await work.act([
      { record: 'household', id: household, action: 'register', area, input: read.input },
      { record: 'person', id: person, action: 'changeHousehold', input: { household }, ...(day === '' ? {} : { day }) },
    ])
    if (done.ok) onDone()
    else setProblems(spread(done.problem))
  }
  const beside = new Set([...fields.map(({ name }) => name), DAY])
  return (
    // What is wrong is said in the words and the language of this app.
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {own.length > 1 ? <Areas label={t(w('所在村（社区）或网格', 'Village or grid'))} value={area} onChange={setArea} /> : null}
      <FormFields fields={fields} written={home} onChange={setHome} problems={problems} />
      <DayInput dated={move.dated} value={day} onChange={setDay} wrong={problems[DAY]} />
      <OtherProblems problems={problems} beside={beside} />
      <div className="foot">
        <button type="submit" className="main">
          {t(move.label)}
        </button>
      </div>
    </form>
  )
}
