import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AreaFact, foldAreas, reconcile } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { listFromFile } from './list.ts'
import { unitsFromFile } from './units.ts'

const created = (id: string, level: 'city' | 'county', code: string, name: string, parent: string | null): AreaFact => ({
  kind: 'created',
  id,
  level,
  nature: 'administrative',
  code,
  name,
  parent,
  date: '2019-10-31',
  instrument: '示例名册',
})

it('names the line of the file at which a list of areas is refused, as it stands in the margin of a spreadsheet', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'areas-')), 'list.csv')
  writeFileSync(path, 'code,name,parent\n9901,灯塔市,\n\n990101,北岸区,9901\n990102,南岸区,9901\n99010,岛,9901\n')
  const read = await listFromFile(path, 'list.csv', { today: '2020-02-14' })
  if (!read.ok) throw new Error(read.problem.message.en)
  const { vintage, refusals } = read.value
  expect(refusals.map(({ message }) => message.zh)).toEqual([expect.stringContaining('第6行代码“99010”')])
  const folded = foldAreas([created('a', 'city', '9901', '灯塔市', null), created('b', 'county', '990101', '西山区', 'a')])
  if (!folded.ok) throw new Error('folded')
  const tree = folded.value
  const refused = reconcile(vintage, tree.asOf('2020-02-14')).flatMap((one) => (one.kind === 'refused' ? [one.problem.message] : []))
  expect(refused).toEqual([{ zh: expect.stringMatching(/^第4行：代码990101/), en: expect.stringMatching(/^Line 4: here the code 990101/) }])
})

it('says of a text that is named like a workbook that it is none', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'areas-')), 'list.xlsx')
  writeFileSync(path, 'not a zip')
  for (const read of [unitsFromFile(path, 'list.xlsx'), listFromFile(path, 'list.xlsx', { today: '2020-02-14' })])
    expect(await read).toMatchObject({ problem: { code: 'no-workbook' } })
  expect(await unitsFromFile(path, 'list.csv')).toMatchObject({ problem: { code: 'unit-list' } })
})
