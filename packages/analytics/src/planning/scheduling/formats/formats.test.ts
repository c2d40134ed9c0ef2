import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../../outcome.ts'
import { checkSchedule, parsePatterson, parseProgenMax, parsePsplib, type SchedulingProblem, schedule } from '../index.ts'

const PSPLIB = `************************************************************************
jobs (incl. supersource/sink ):  4
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
  3      1     2       1    1
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    2    1
************************************************************************
`
const PATTERSON = '4 2\n2 1\n0 0 0 2 2 3\n3 2 0 1 4\n2 1 1\n1 4\n0 0 0 0\n'
const PROGEN_MAX = `2 1 0 0
0 1 2 1 2 [0] [0]
1 1 2 2 3 [2] [3]
2 1 2 1 3 [-4] [2]
3 1 0
0 1 0 0
1 1 3 1
2 1 2 1
3 1 0 0
1
`
const endOf = (problem: SchedulingProblem) => {
  const planned = schedule(problem, { iterations: 50 })
  if (!planned.ok) throw new Error(planned.refusal.en)
  expect(checkSchedule(problem, planned.plan)).toEqual([])
  return planned.plan
}

describe('instance formats', () => {
  test('PSPLIB and Patterson say the same', () => {
    const one = parsePsplib(PSPLIB)
    const other = parsePatterson(PATTERSON)
    expect(one.activities).toEqual(other.activities)
    expect(one.lags).toEqual(other.lags)
    expect(endOf(one).end).toBe(5)
  })

  test('PSPLIB files from elsewhere: other headings and rules, wrapped successors, a projects line', () => {
    const other = PSPLIB.replace(
      'jobs (incl. supersource/sink ):  4',
      'projects                      :  1\nJobs (with source and sink)   :  4',
    )
      .replace('   1        1          2           2   3', '   1        1          2           2\n                                   3')
      .replace(/-{20,}\n/, '')
      .replace('jobnr. mode duration  R 1  R 2', 'jobnr. mode duration  R1 R2\n\n')
      .replace('  R 1  R 2\n    2    1', '  R1 R2\n\n    2\n    1')
    expect(parsePsplib(other)).toEqual(parsePsplib(PSPLIB))
    expect(() => parsePsplib(PSPLIB.replace(':  4', ':  5'))).toThrow(/There are 5 jobs/)
  })

  test('ProGen/max brings maximal lags', () => {
    const problem = parseProgenMax(PROGEN_MAX)
    expect(problem.lags).toContainEqual({ from: '1', to: '2', type: 'SS', max: 4 })
    const plan = endOf(problem)
    expect(plan.end).toBe(5)
    expect(plan.endBound).toBe(5)
  })

  test('what is broken is refused in both languages', () => {
    expect(() => parsePsplib(PSPLIB.replace('RESOURCEAVAILABILITIES', 'X'))).toThrow(InputError)
    expect(() => parsePsplib(PSPLIB.replace('  2      1     3', '  2      2     3'))).not.toThrow()
    expect(() => parsePsplib(PSPLIB.replace('   2        1          1           4', '   2        3          1           4'))).toThrow(
      /第 2 道工序/,
    )
    expect(() => parsePatterson('2 1 1 0 0 1')).toThrow(InputError)
    expect(() => parsePatterson('1 1 1 0 0 1 9')).toThrow(/does not exist/)
    expect(() => parseProgenMax('x')).toThrow(InputError)
  })

  const shared = fileURLToPath(new URL('../../../../../../../shared/data/scheduling', import.meta.url))
  test.skipIf(!existsSync(shared))(
    `PSPLIB j30 is solved to proven optimality (skipped where ${'../shared/data/scheduling'} is absent)`,
    () => {
      const known = JSON.parse(readFileSync(`${shared}/rcpsp_bks.json`, 'utf8')) as Record<string, { ub: number }>
      const files = readdirSync(`${shared}/j30`).filter((_, k) => k % 40 === 0)
      for (const file of files) {
        const problem = parsePsplib(readFileSync(`${shared}/j30/${file}`, 'utf8'))
        const planned = schedule(problem, { iterations: 5000 })
        if (!planned.ok) throw new Error(planned.refusal.en)
        expect(checkSchedule(problem, planned.plan)).toEqual([])
        expect({ file, end: planned.plan.end, bound: planned.bound }).toEqual({
          file,
          end: known[file.replace('.sm', '')]?.ub,
          bound: known[file.replace('.sm', '')]?.ub,
        })
      }
    },
  )
})
