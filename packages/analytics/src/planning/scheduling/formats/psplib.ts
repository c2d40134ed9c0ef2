import { demand } from '../../../outcome.ts'
import type { Activity, Lag, SchedulingProblem } from '../types.ts'

/** Whole numbers of a line. */
function numbers(line: string | undefined): number[] {
  return (line ?? '').trim().split(/\s+/).filter(Boolean).map(Number)
}

/**
 * Reads a single-mode PSPLIB file (.sm, Kolisch & Sprecher 1996, doi:10.1016/S0377-2217(96)00170-1). Activities are named by their
 * numbers, resources R1, R2, ...
 *
 * @throws InputError when a section is missing or a job has several modes
 */
export function parsePsplib(text: string): SchedulingProblem {
  const lines = text.split(/\r?\n/)
  const after = (title: string, skip: number): number => {
    const at = lines.findIndex((line) => line.trimStart().toUpperCase().startsWith(title))
    demand(
      at >= 0,
      'psplib-section',
      `文件缺少 ${title} 部分，不是 PSPLIB .sm 格式`,
      `The section ${title} is missing: not a PSPLIB .sm file`,
    )
    return at + skip
  }
  const jobsLine = lines.find((line) => line.trimStart().startsWith('jobs')) ?? ''
  const jobs = Number(jobsLine.split(':')[1])
  demand(Number.isInteger(jobs) && jobs > 0, 'psplib-jobs', '文件未给出工序数（jobs）', 'The file does not state its number of jobs')
  const precedence = after('PRECEDENCE RELATIONS', 2)
  const requests = after('REQUESTS/DURATIONS', 3)
  const capacities = numbers(lines[after('RESOURCEAVAILABILITIES', 2)])
  const activities: Activity[] = []
  const lags: Lag[] = []
  for (let k = 0; k < jobs; k++) {
    const [number, modes, successors, ...to] = numbers(lines[precedence + k])
    const [id, , duration, ...needs] = numbers(lines[requests + k])
    demand(
      number === k + 1 && id === k + 1 && modes === 1 && to.length === successors && needs.length === capacities.length,
      'psplib-row',
      `第 ${k + 1} 道工序的行不完整或有多种模式`,
      `The rows of job ${k + 1} are incomplete, or it has several modes`,
    )
    activities.push({
      id: String(id),
      duration: duration as number,
      needs: needs.flatMap((amount, r) => (amount > 0 ? [{ resource: `R${r + 1}`, amount }] : [])),
    })
    for (const next of to) lags.push({ from: String(number), to: String(next) })
  }
  return { activities, lags, resources: capacities.map((capacity, r) => ({ id: `R${r + 1}`, capacity })) }
}
