import { type Board, Light, usePlace, useSpeech, w } from '@guatu/client'
import { LIGHTS } from '../../lights/light.ts'
import './task-side.css'

/** Lights that the books count by the day. */
const COUNTED = [
  ['red', 'command.tasksRed'],
  ['yellow', 'command.tasksYellow'],
  ['done', 'command.tasksDone'],
] as const

/** Tasks on a day looked back at: what the books counted then; what they did not keep is said to be unknown, and nothing of today stands for it. */
export function PastSide({ board }: { readonly board: Board | undefined }) {
  const { t } = useSpeech()
  const { day } = usePlace()
  const countOf = (indicator: string) =>
    board?.series.find((one) => one.indicator === indicator)?.days.find((one) => one.day === day)?.stock
  return (
    <div className="wall-side wall-side-past">
      <section>
        <h2>{t({ zh: `${day} 任务状态`, en: `Tasks by light on ${day}` })}</h2>
        <div className="wall-lights">
          {COUNTED.map(([light, indicator]) => (
            <div key={light}>
              <Light light={light} />
              <strong>{countOf(indicator) ?? '…'}</strong>
              <span>{t(LIGHTS[light])}</span>
            </div>
          ))}
        </div>
      </section>
      <section>
        <p className="wall-none">
          {t(
            w(
              '其他状态灯、红灯任务清单、单位按期率和最新反馈只有当前的，不显示在过去的日期下。请回到今天查看。',
              'Other lights, the list of red tasks, units by on-time rate and the latest reports are known for now only and not shown under a past day. Go back to today to see them.',
            ),
          )}
        </p>
      </section>
    </div>
  )
}
