import { useSpeech, w } from '@guatu/client/language'
import { useState } from 'react'
import { useFollowingFocus } from '../parts/following-focus.ts'
import type { Destination } from './ready.ts'

const MOST = 8

/** Where somebody is going, anywhere in the city, by its name. */
export function DestinationPicker(props: {
  readonly areas: readonly Destination[]
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}) {
  const { t } = useSpeech()
  const [words, setWords] = useState('')
  const label = t(w('目的地（由其确认接收）', 'Destination (confirms the arrival)'))
  const chosen = props.areas.find((one) => one.id === props.value)
  const { chip, box, acting } = useFollowingFocus(chosen !== undefined)
  const choose = (id: string | undefined) => {
    acting()
    setWords('')
    props.onChange(id)
  }
  if (chosen)
    return (
      <div>
        <span className="label">{label}</span>
        <div className="chips">
          <button type="button" ref={chip} aria-pressed="true" onClick={() => choose(undefined)}>
            {chosen.within} {chosen.name} ✕
          </button>
        </div>
      </div>
    )
  const asked = words.trim().split(/\s+/).filter(Boolean)
  const found = asked.length === 0 ? [] : props.areas.filter((one) => asked.every((word) => `${one.within}${one.name}`.includes(word)))
  return (
    <div>
      <label>
        {label}
        <input
          ref={box}
          value={words}
          autoComplete="off"
          placeholder={t(w('村、社区或乡镇名', 'Name of the village, community or town'))}
          onChange={(e) => setWords(e.target.value)}
        />
      </label>
      {asked.length === 0 ? null : (
        <ul className="rows">
          {found.slice(0, MOST).map((one) => (
            <li key={one.id}>
              <button type="button" className="row" onClick={() => choose(one.id)}>
                <span className="grow">
                  <strong>{one.name}</strong>
                  <small>{one.within}</small>
                </span>
              </button>
            </li>
          ))}
          {found.length === 0 ? (
            <li className="pad quiet">{t(w('没有找到，请换个写法。', 'Nothing found; write it otherwise.'))}</li>
          ) : null}
        </ul>
      )}
    </div>
  )
}
