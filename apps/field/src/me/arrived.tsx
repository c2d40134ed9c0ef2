import { useSpeech, w } from '@guatu/client/language'
import type { Kept } from '@guatu/client/offline'
import { useState } from 'react'
import { ActForm } from '../parts/act-form.tsx'
import { arrivedToday } from '../register/arrived-today.ts'
import { useWork } from '../work.tsx'

/** Whoever stands at the door and is registered elsewhere: once their arrival is declared, the one entry that there is comes here. */
export function Arrived({ entry, onDone }: { readonly entry: Kept; readonly onDone: () => void }) {
  const work = useWork()
  const { t } = useSpeech()
  const [open, setOpen] = useState(false)
  const [id] = useState(() => crypto.randomUUID())
  const { act } = entry
  if (!open)
    return (
      <>
        <p className="hint">
          {t(
            w(
              '人已到本村、证件已核对的，请申报到达：由本村接收管理，已有的登记随之迁来，不必重复登记。',
              'Are they here, and did you see their document? Declare the arrival: they are looked after here, and the entry that there is comes along.',
            ),
          )}
        </p>
        <button type="button" className="main" onClick={() => setOpen(true)}>
          {t(w('人已到本村，申报到达', 'They are here: declare the arrival'))}
        </button>
      </>
    )
  return (
    <ActForm
      record="arrival"
      id={id}
      action="declare"
      {...(act.area === undefined ? {} : { area: act.area })}
      preset={{ ...arrivedToday(work), person: act.id }}
      hide={['person', 'channel']}
      onDone={onDone}
    />
  )
}
