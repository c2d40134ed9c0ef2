import { useSpeech } from '@guatu/client/language'
import { type Action, type Clock, type Fields, type Problem, today } from '@guatu/kernel'
import { useWork } from '../work.tsx'
import { Wrong } from './wrong.tsx'

/** Name of the day among what is wrong in a form; no field of a record has a hyphen. */
export const DAY = 'happened-on'

const LATER: Problem = {
  code: 'from-future',
  status: 422,
  message: {
    zh: '不能晚于今天；还没有发生的，到那天再登记。',
    en: 'Not later than today; what has not happened yet is entered when it does.',
  },
}

/** What is wrong with a day on which something is said to have happened; nothing is today. */
export const wrongDay = (day: string, clock: Clock): Readonly<Record<string, Problem>> => (day > today(clock) ? { [DAY]: LATER } : {})

/** The day on which something happened that is entered now. */
export function DayInput(props: {
  readonly dated: NonNullable<Action<Fields, string>['dated']>
  readonly value: string
  readonly onChange: (day: string) => void
  readonly wrong: Problem | undefined
}) {
  const { replica } = useWork()
  const { t } = useSpeech()
  const { label, hint } = props.dated
  const now = today(replica.clock)
  return (
    <div>
      <label>
        {t(label)}
        {hint ? <span className="hint"> · {t(hint)}</span> : null}
        <input type="date" max={now} value={props.value || now} onChange={(e) => props.onChange(e.target.value)} />
      </label>
      {props.wrong ? <Wrong>{t(props.wrong.message)}</Wrong> : null}
    </div>
  )
}
