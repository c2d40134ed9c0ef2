import { useSpeech, w } from '@guatu/client/language'
import { useState } from 'react'
import { ActForm } from '../parts/act-form.tsx'
import { Areas } from '../parts/field-input.tsx'
import { Icon } from '../parts/icon.tsx'
import { useWork } from '../work.tsx'
import { arrivedToday } from './arrived-today.ts'
import { HouseholdForm } from './household.tsx'
import { Moved } from './moved.tsx'
import { ownAreas } from './own-areas.ts'

type What = 'household' | 'member' | 'moved' | 'arrival' | 'watch'

const MENU = [
  ['household', w('新户（户和家庭成员一次登记）', 'New household, with its members')],
  ['member', w('已有的户加人', 'Somebody of a known household')],
  ['moved', w('搬家（全户或一人）', 'Moved: a household or one person')],
  ['arrival', w('代报返巴申报', 'Arrival, entered for somebody')],
  ['watch', w('纳入观察', 'Enter observation')],
] as const

/** What a worker enters on the doorstep. */
export default function Register() {
  const work = useWork()
  const { t } = useSpeech()
  const [what, setWhat] = useState<What>()
  const [done, setDone] = useState(false)
  const [id, setId] = useState(() => crypto.randomUUID())
  const [area, setArea] = useState<string>()
  const only = ownAreas(work)
  const place = area ?? (only.length === 1 ? only[0] : undefined)
  const finish = () => {
    setWhat(undefined)
    setDone(true)
    setId(crypto.randomUUID())
  }
  if (what === undefined)
    return (
      <>
        <div className="bar">
          <h1>{t(w('登记', 'Register'))}</h1>
        </div>
        {done ? (
          <p className="done-note">✓ {t(w('已存在手机上，有信号时自动上传。', 'Kept on the phone; it is sent when there is a signal.'))}</p>
        ) : null}
        <div className="menu">
          {MENU.map(([one, label]) => (
            <button
              type="button"
              key={one}
              onClick={() => {
                setDone(false)
                setWhat(one)
              }}
            >
              <Icon name="pen" />
              {t(label)}
            </button>
          ))}
        </div>
      </>
    )
  const label = MENU.find(([one]) => one === what)?.[1] ?? w('', '')
  return (
    <>
      <div className="bar">
        <button type="button" aria-label={t(w('返回', 'Back'))} onClick={() => setWhat(undefined)}>
          <Icon name="back" />
        </button>
        <h1>{t(label)}</h1>
      </div>
      {what === 'household' || what === 'member' ? (
        <HouseholdForm known={what === 'member'} onDone={finish} />
      ) : what === 'moved' ? (
        <Moved onDone={finish} />
      ) : (
        <>
          {only.length > 1 ? <Areas label={t(w('所在村（社区）或网格', 'Village or grid'))} value={place} onChange={setArea} /> : null}
          {place === undefined ? null : (
            <ActForm
              record={what}
              id={id}
              action={what === 'arrival' ? 'declare' : 'enter'}
              area={place}
              {...(what === 'arrival' ? { preset: arrivedToday(work), hide: ['channel'] } : {})}
              onDone={finish}
            />
          )}
        </>
      )}
    </>
  )
}
