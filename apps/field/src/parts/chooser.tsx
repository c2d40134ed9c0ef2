import { useSpeech, w } from '@guatu/client/language'
import { type ReactNode, useState } from 'react'
import { useFollowingFocus } from './following-focus.ts'

/** One of what was found. */
export interface Choice {
  readonly id: string
  readonly name: string
  /** What tells it from others of the same name. */
  readonly beside: string
}

/** One thing chosen by words that it is known by; what was chosen stands there and is let go of with one touch. */
export function Chooser(props: {
  readonly label: ReactNode
  readonly placeholder: string
  /** How the chosen one reads; undefined while none is. */
  readonly chosen: string | undefined
  /** What all of these words fit, the best first; never asked without words. */
  readonly find: (words: readonly string[]) => readonly Choice[]
  readonly onChange: (id: string | undefined) => void
}) {
  const { t } = useSpeech()
  const [written, setWritten] = useState('')
  const { chip, box, acting } = useFollowingFocus(props.chosen !== undefined)
  const choose = (id: string | undefined) => {
    acting()
    setWritten('')
    props.onChange(id)
  }
  if (props.chosen !== undefined)
    return (
      <div>
        <span className="label">{props.label}</span>
        <div className="chips">
          <button type="button" ref={chip} aria-pressed="true" onClick={() => choose(undefined)}>
            {props.chosen} ✕
          </button>
        </div>
      </div>
    )
  const words = written.trim().split(/\s+/).filter(Boolean)
  const found = words.length === 0 ? [] : props.find(words)
  return (
    <div>
      <label>
        {props.label}
        <input ref={box} value={written} autoComplete="off" placeholder={props.placeholder} onChange={(e) => setWritten(e.target.value)} />
      </label>
      {words.length === 0 ? null : (
        <ul className="rows">
          {found.map(({ id, name, beside }) => (
            <li key={id}>
              <button type="button" className="row" onClick={() => choose(id)}>
                <span className="grow">
                  <strong>{name}</strong>
                  <small>{beside}</small>
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
