import { demand } from '../../../outcome.ts'
import type { Activity, Lag, SchedulingProblem } from '../types.ts'

/** Numbers below a title, however they are broken into lines, up to the next line that holds something else. */
function below(lines: readonly string[], title: string): number[] {
  const at = lines.findIndex((line) => line.trimStart().toUpperCase().startsWith(title))
  demand(
    at >= 0,
    'psplib-section',
    `文件缺少 ${title} 部分，不是 PSPLIB .sm 格式`,
    `The section ${title} is missing: not a PSPLIB .sm file`,
  )
  const numeric = /^\s*\d[\d\s]*$/
  const from = lines.findIndex((line, k) => k > at && numeric.test(line))
  const numbers: number[] = []
  for (let k = from; k >= 0 && k < lines.length; k++) {
    const line = lines[k] ?? ''
    if (line.trim() !== '' && !numeric.test(line)) break
    numbers.push(...line.trim().split(/\s+/).filter(Boolean).map(Number))
  }
  return numbers
}

/**
 * Reads a single-mode PSPLIB file (.sm, Kolisch & Sprecher 1996, doi:10.1016/S0377-2217(96)00170-1). Activities are named by their
 * numbers, resources R1, R2, ... Headings and rules between them may differ from file to file.
 *
 * @throws InputError when a section is missing or a job has several modes
 */
export function parsePsplib(text: string): SchedulingProblem {
  const lines = text.split(/\r?\n/)
  const precedence = below(lines, 'PRECEDENCE RELATIONS')
  const requests = below(lines, 'REQUESTS/DURATIONS')
  const capacities = below(lines, 'RESOURCEAVAILABILITIES')
  const stated = Number(/^\s*(?:number of )?jobs\b[^:]*:\s*(\d+)/im.exec(text)?.[1])
  const row = 3 + capacities.length
  const jobs = requests.length / row
  const activities: Activity[] = []
  const lags: Lag[] = []
  const wrong = (job: number) =>
    demand(false, 'psplib-row', `第 ${job} 道工序的行不完整或有多种模式`, `The rows of job ${job} are incomplete, or it has several modes`)
  demand(
    capacities.length > 0 && (Number.isNaN(stated) || stated === jobs),
    'psplib-jobs',
    `工序数（jobs）为 ${stated}，需求表有 ${requests.length} 个数，应为每道工序 ${row} 个`,
    `There are ${stated} jobs, and ${requests.length} numbers of requests where each job needs ${row}`,
  )
  for (let k = 0, at = 0; k < jobs; k++) {
    const [number, modes, successors = 0] = precedence.slice(at, at + 3)
    const to = precedence.slice(at + 3, at + 3 + successors)
    at += 3 + successors
    const [id, , duration, ...needs] = requests.slice(k * row, (k + 1) * row)
    const whole = number === k + 1 && id === k + 1 && modes === 1 && to.length === successors
    if (!whole || duration === undefined) wrong(k + 1)
    if (k === jobs - 1 && at !== precedence.length) wrong(jobs)
    activities.push({
      id: String(id),
      duration: duration ?? 0,
      needs: needs.flatMap((amount, r) => (amount > 0 ? [{ resource: `R${r + 1}`, amount }] : [])),
    })
    for (const next of to) lags.push({ from: String(number), to: String(next) })
  }
  return { activities, lags, resources: capacities.map((capacity, r) => ({ id: `R${r + 1}`, capacity })) }
}
