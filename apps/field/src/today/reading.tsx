import { useSpeech, w } from '@guatu/client/language'
import { dayOf, type Label, timeOf } from '@guatu/kernel'
import { useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { Wrong } from '../parts/wrong.tsx'
import { useWork } from '../work.tsx'
import { type Half, halfAt, halfDue, type Line } from './round.ts'

const WHOLES = [35, 36, 37, 38, 39, 40] as const
const HOW = ['worker', 'phone', 'video', 'self'] as const

/** A reading in three taps: the line, the tenth, save. 36 is there already, because it nearly always is. */
export function Reading({ line, onDone }: { readonly line: Line; readonly onDone: () => void }) {
  const work = useWork()
  const { t } = useSpeech()
  const { replica } = work
  const action = replica.registry.records.get('watch')?.actions.check
  const today = dayOf(replica.clock.now(), replica.clock.zone)
  const now = halfAt(replica, today, timeOf(replica.clock.now(), replica.clock.zone))
  const [half, setHalf] = useState<Half>(halfDue(line.row, today, now) ?? now)
  const [whole, setWhole] = useState<number>(36)
  const [tenth, setTenth] = useState<number>()
  const [signs, setSigns] = useState<readonly string[]>([])
  const [how, setHow] = useState<string>('worker')
  const [wrong, setWrong] = useState<Label>()
  const [busy, setBusy] = useState(false)
  const temperature = tenth === undefined ? undefined : Math.round(whole * 10 + tenth) / 10
  const fever =
    temperature !== undefined &&
    temperature >= Number(line.row.fields.feverFrom ?? replica.parameters(today)<number>('monitoring.fever.from', Number.POSITIVE_INFINITY))
  const signOptions: Readonly<Record<string, Label>> = action?.with?.symptoms?.item?.options ?? {}

  const save = async () => {
    if (temperature === undefined) return
    const input = { half, temperature, how, ...(signs.length > 0 ? { symptoms: signs } : {}) }
    // A second tap of a gloved thumb is no second reading.
    setBusy(true)
    const done = await work.act([{ record: 'watch', id: line.row.id, action: 'check', input }])
    setBusy(false)
    if (done.ok) onDone()
    else setWrong(done.problem.message)
  }
  return (
    <section className="reading">
      <div className="top chips">
        {(['morning', 'evening'] as const).map((one) => (
          <button type="button" key={one} aria-pressed={half === one} onClick={() => setHalf(one)}>
            {t(action?.with?.half?.options?.[one] ?? w(one, one))}
          </button>
        ))}
        <select value={how} aria-label={t(action?.with?.how?.label ?? w('方式', 'How'))} onChange={(e) => setHow(e.target.value)}>
          {HOW.map((one) => (
            <option key={one} value={one}>
              {t(action?.with?.how?.options?.[one] ?? w(one, one))}
            </option>
          ))}
        </select>
      </div>
      <output className={fever ? 'fever' : ''} aria-live="polite">
        {fever ? '■ ' : ''}
        {whole}.{tenth ?? '_'} ℃
      </output>
      <div className="chips wholes">
        {WHOLES.map((one) => (
          <button type="button" key={one} aria-pressed={whole === one} onClick={() => setWhole(one)}>
            {one}
          </button>
        ))}
      </div>
      <div className="keys">
        {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => (
          <button type="button" key={digit} aria-pressed={tenth === digit} onClick={() => setTenth(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" aria-label={t(w('清除', 'Clear'))} onClick={() => setTenth(undefined)}>
          <Icon name="erase" />
        </button>
        <button type="button" aria-pressed={tenth === 0} onClick={() => setTenth(0)}>
          0
        </button>
        <button type="button" className="main" disabled={temperature === undefined || busy} onClick={() => void save()}>
          {t(w('保存', 'Save'))}
        </button>
      </div>
      <p className="label">{t(w('症状（没有不选）', 'Signs (none: leave empty)'))}</p>
      <div className="chips">
        {Object.entries(signOptions).map(([one, label]) => (
          <button
            type="button"
            key={one}
            aria-pressed={signs.includes(one)}
            onClick={() => setSigns(signs.includes(one) ? signs.filter((sign) => sign !== one) : [...signs, one])}
          >
            {t(label)}
          </button>
        ))}
      </div>
      {wrong ? <Wrong>{t(wrong)}</Wrong> : null}
    </section>
  )
}
