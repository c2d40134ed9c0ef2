import { plan } from '../../../analytics/bin/plan.ts'
import type { WordCommand } from './command.ts'

/** The planners on workbooks. */
export const planCommand: WordCommand = {
  summary: { zh: '方案：专车、时间表、用工、物资、走访（Excel）', en: 'plans from workbooks: coaches, timetable, jobs, supplies, visits' },
  runWords: (words) => plan(words, { out: (text) => process.stdout.write(text), error: (text) => process.stderr.write(text) }),
}
