// Time of the alarm methods a step, on simulated weekly counts of ten years.
import { fileURLToPath } from 'node:url'
import { cusum, ears, farrington } from '../../packages/analytics/src/epidemic/alerts/index.ts'
import { RandomStream } from '../../packages/analytics/src/statistics/index.ts'

export const name = 'alerts'

export function run(): { what: string; value: number; unit: string; target?: string }[] {
  const random = new RandomStream(6)
  const counts = Array.from({ length: 528 }, (_, week) => random.poisson(8 + 5 * Math.sin((2 * Math.PI * week) / 52)))
  const perStep = (steps: number, work: () => unknown) => {
    work()
    const before = process.cpuUsage()
    for (let i = 0; i < 5; i += 1) work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 5000 / steps
  }
  const asOf = '2014-02-10'
  const from = 468
  return [
    { what: 'EARS C3, a step', value: perStep(528, () => ears({ counts, method: 'C3', asOf })), unit: 'ms CPU' },
    { what: 'CUSUM, a step', value: perStep(528, () => cusum({ counts, from: 52, asOf })), unit: 'ms CPU' },
    {
      what: 'Farrington, windows of five years, a step',
      value: perStep(60, () => farrington({ counts, calendar: { firstWeek: '2004-01-05' }, from, periods: 1, asOf })),
      unit: 'ms CPU',
      target: 'R: 15–41',
    },
    {
      what: 'Farrington, five whole years in ten seasons, a step',
      value: perStep(60, () => farrington({ counts, calendar: { firstWeek: '2004-01-05' }, from, asOf })),
      unit: 'ms CPU',
      target: 'R: 15–41',
    },
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(run())
