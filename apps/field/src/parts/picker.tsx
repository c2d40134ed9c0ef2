import { useSpeech, w } from '@guatu/client/language'
import type { CarriedRow } from '@guatu/kernel'
import { type ReactNode, useMemo, useState } from 'react'
import { useWork } from '../work.tsx'
import { useFollowingFocus } from './following-focus.ts'
import { nameOf } from './words.ts'

const MOST = 12

/** A record of the area by what a worker knows of it: the door of a home, the home and the surname of a person. */
export function Picker(props: {
  readonly label: ReactNode
  readonly record: string
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}) {
  const work = useWork()
  const { t } = useSpeech()
  const { replica } = work
  const [words, setWords] = useState('')
  const chosen = props.value === undefined ? undefined : replica.get(props.record, props.value)
  const doorOf = (row: CarriedRow) => String(replica.get('household', String(row.fields.household ?? ''))?.fields.door ?? '')
  const found = useMemo(() => {
    const asked = words.trim().split(/\s+/).filter(Boolean)
    if (asked.length === 0) return []
    return replica
      .all(props.record)
      .filter((row) => {
        const text = `${nameOf(replica, row, props.record)} ${doorOf(row)} ${String(row.fields.documentNumber ?? '').slice(-4)}`
        return asked.every((word) => text.includes(word))
      })
      .slice(0, MOST)
  }, [words, replica, replica.revision, props.record])
  const { chip, box, acting } = useFollowingFocus(chosen !== undefined)
  const choose = (id: string | undefined) => {
    acting()
    props.onChange(id)
  }
  if (chosen)
    return (
      <div>
        <span className="label">{props.label}</span>
        <div className="chips">
          <button type="button" ref={chip} aria-pressed="true" onClick={() => choose(undefined)}>
            {nameOf(replica, chosen, props.record)} {doorOf(chosen)} ✕
          </button>
        </div>
      </div>
    )
  return (
    <div>
      <label>
        {props.label}
        <input
          ref={box}
          value={words}
          autoComplete="off"
          placeholder={t(
            props.record === 'household'
              ? w('门牌，例如 501', 'Door, such as 501')
              : w('姓、门牌或证件后四位', 'Surname, door, or last four digits'),
          )}
          onChange={(e) => setWords(e.target.value)}
        />
      </label>
      {words.trim() === '' ? null : (
        <ul className="rows">
          {found.map((row) => (
            <li key={row.id}>
              <button type="button" className="row" onClick={() => choose(row.id)}>
                <span className="grow">
                  <strong>{nameOf(replica, row, props.record)}</strong>
                  <small>{[doorOf(row), String(row.fields.documentNumber ?? '')].filter(Boolean).join(' · ')}</small>
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
