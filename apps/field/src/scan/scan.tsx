import { useSpeech, w } from '@guatu/client/language'
import { gates } from '@guatu/domains'
import type { CarriedRow } from '@guatu/kernel'
import { useCallback, useState } from 'react'
import { mayStand } from '../gate/ready.ts'
import { Picker } from '../parts/picker.tsx'
import { Wrong } from '../parts/wrong.tsx'
import { CheckedPass } from '../pass/checked.tsx'
import { PersonCard } from '../people/person.tsx'
import { find } from '../register/recognised.ts'
import { useWork } from '../work.tsx'
import { Camera } from './camera.tsx'

type Found = { readonly pass: string } | { readonly person: CarriedRow } | 'nobody' | 'wrong'

/** A code by camera where there is one; the number of a document, a surname or a door by hand everywhere. */
export default function Scan() {
  const work = useWork()
  const { t } = useSpeech()
  const [written, setWritten] = useState('')
  const [found, setFound] = useState<Found>()
  const [camera, setCamera] = useState(false)

  const look = useCallback(
    async (text: string) => {
      const shown = gates.readShown(text)
      if (shown?.kind === 'ticket') return setFound({ pass: text.trim() })
      const number = shown && 'document' in shown ? shown.document : undefined
      setWritten(text)
      if (shown === undefined || number === undefined) return setFound('wrong')
      const known = await find(work.replica, work.recognition, number)
      if (known) return setFound({ person: known.row })
      // Nobody is said to be unknown before all rows of the area are read.
      await work.loaded
      const later = await find(work.replica, work.recognition, number)
      setFound(later ? { person: later.row } : 'doubtful' in shown ? 'wrong' : 'nobody')
    },
    [work],
  )
  const read = useCallback(
    (text: string) => {
      setCamera(false)
      void look(text)
    },
    [look],
  )
  const close = useCallback(() => setCamera(false), [])
  const pick = (id: string | undefined) => {
    const row = id === undefined ? undefined : work.replica.get('person', id)
    setFound(row && { person: row })
  }
  const atGate = mayStand(work) ? t(w('通行证的证号请在“卡口值守”查验。', ' The number of a pass is checked under “Stand at a gate”.')) : ''
  return (
    <>
      <div className="bar">
        <h1>{t(w('扫码查人、查证', 'Scan or look up'))}</h1>
        {mayStand(work) ? (
          <a className="as-button" href="#gate">
            {t(w('卡口值守', 'Stand at a gate'))}
          </a>
        ) : null}
      </div>
      {camera ? (
        <Camera onRead={read} onClose={close} />
      ) : (
        <div className="menu">
          <button
            type="button"
            onClick={() => {
              setFound(undefined)
              setCamera(true)
            }}
          >
            {t(w('打开摄像头扫码', 'Scan with the camera'))}
          </button>
        </div>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void look(written)
        }}
      >
        <label>
          {t(w('或输入证件号码、通行证码', 'Or type the number of a document or the code of a pass'))}
          <input
            value={written}
            autoComplete="off"
            autoCapitalize="characters"
            inputMode="text"
            maxLength={200}
            onChange={(e) => setWritten(e.target.value)}
          />
        </label>
        <button type="submit" className="main" disabled={written.trim() === ''}>
          {t(w('查找', 'Look up'))}
        </button>
      </form>
      <Picker
        label={t(w('或按姓、门牌查找', 'Or by surname and door'))}
        record="person"
        value={typeof found === 'object' && 'person' in found ? found.person.id : undefined}
        onChange={pick}
      />
      {found === 'wrong' ? (
        <Wrong>
          {t(
            w(
              '这不是有效的证件号码，请与证件核对后重输（身份证含校验位）。',
              'This is no valid number of a document; compare and type again (of an identity card with its check character).',
            ),
          )}
          {atGate}
        </Wrong>
      ) : found === 'nobody' ? (
        <p className="note">
          {t(w('辖区名册里没有此人；可在“登记”中登记。', 'Not in the register of your area; enter the person under “Register”.'))}
          {atGate}
        </p>
      ) : found && 'pass' in found ? (
        <CheckedPass code={found.pass} />
      ) : found ? (
        <PersonCard row={found.person} />
      ) : null}
    </>
  )
}
