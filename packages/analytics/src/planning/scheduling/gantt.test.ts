import { expect, test } from 'vitest'
import { ganttSvg, type SchedulingProblem, schedule } from './index.ts'

test('the work chart shows every activity once, the critical chain and lateness, with names made safe', () => {
  const problem: SchedulingProblem = {
    activities: [
      { id: 'a', name: '挖基 <1 & 2>', duration: 3, project: 'p' },
      { id: 'b', name: '浇筑', duration: 2, due: 4 },
      { id: 'c', duration: 1 },
    ],
    lags: [{ from: 'a', to: 'b' }],
    projects: [{ id: 'p', name: '南江路' }],
  }
  const planned = schedule(problem, { iterations: 10 })
  if (!planned.ok) throw new Error(planned.refusal.en)
  const svg = ganttSvg(problem, planned.plan, { title: '施工图', label: (slot) => `第${slot}天` })
  expect(svg.startsWith('<svg')).toBe(true)
  expect(svg).toContain('南江路 · 挖基 &lt;1 &amp; 2&gt;')
  expect(svg.match(/fill="#b3261e" stroke="#000" stroke-width="1.6"/g)).toHaveLength(2)
  expect(svg.match(/height="14" fill="url\(#late\)"/g)).toHaveLength(1)
  expect(svg).toContain('第3天')
  expect(svg.match(/<title>/g)).toHaveLength(4)
})
