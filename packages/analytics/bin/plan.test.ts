import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cell, exampleBytes, workbookBytes } from './forms/write.ts'
import { readWorkbook } from './input/table-file.ts'
import { writeTarget } from './output.ts'
import { plan, planCommands } from './plan.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guatu-plan-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function call(...words: readonly string[]) {
  let out = ''
  let error = ''
  const code = await plan(words, {
    out: (text) => {
      out += text
    },
    error: (text) => {
      error += text
    },
  })
  return { code, out, error }
}

/** The example of a command with cells of its sheets replaced. */
async function changed(name: string, sheet: string, change: (rows: Cell[][]) => void): Promise<string> {
  const command = planCommands.find((one) => one.name === name)
  if (!command) throw new Error(name)
  const filled = command.example.filled.map((one) => {
    const rows = one.rows.map((row) => [...row])
    if (one.sheet.zh === sheet) change(rows)
    return { ...one, rows }
  })
  const file = join(
    folder,
    `${name}-${Math.abs(Math.sin(JSON.stringify(filled).length))
      .toString(36)
      .slice(2)}.xlsx`,
  )
  await writeTarget(file, await exampleBytes(filled, command.settings))
  return file
}
const set = (rows: Cell[][], row: number, column: number, value: Cell) => {
  const line = rows[row]
  if (line) line[column] = value
}

describe('plan', () => {
  it.each(planCommands.map(({ name }) => name))(
    '%s: writes an example, plans it, checks it, gives JSON, a workbook and a picture',
    async (name) => {
      const [file, workbook] = [join(folder, `${name}.xlsx`), join(folder, `${name}-out.xlsx`)]
      expect((await call(name, '--example', file)).code).toBe(0)
      const answer = await call(name, file, '--seconds', '0.3', '--json', '--xlsx', workbook)
      expect(answer.code, answer.error).toBe(0)
      const told = JSON.parse(answer.out)
      expect(told).toMatchObject({ command: name, checked: true, ok: true })
      expect(told.proof.en.length).toBeGreaterThan(10)
      expect([...(await readWorkbook(workbook)).keys()].length).toBeGreaterThan(1)
      for (const lang of ['zh', 'en']) {
        const picture = await call(name, file, '--seconds', '0.2', '--svg', '--lang', lang)
        expect(picture.out).toMatch(/^<svg [\s\S]*<\/svg>\s*$/)
        expect(picture.out).not.toMatch(/NaN|undefined|Infinity/)
      }
    },
  )

  it('keeps at most half of the seats taken, families and windows, and says how many coaches cannot be spared', async () => {
    const file = await changed('coaches', '', () => undefined)
    const told = JSON.parse((await call('coaches', file, '--seconds', '0.5')).out)
    for (const coach of told.plan.coaches) expect(coach.people).toBeLessThanOrEqual(coach.usableSeats)
    expect(told.plan.coaches.reduce((sum: number, one: { people: number }) => sum + one.people, 0)).toBe(132)
    expect(told.plan.coaches.length).toBeGreaterThanOrEqual(told.plan.fewestCoaches)
    expect(told.objective).toBeGreaterThanOrEqual(told.bound)
  })

  it('gives the smallest reason where there is no plan, as data and in words', async () => {
    const file = await changed('coaches', '车辆', (rows) => {
      rows.splice(1)
      set(rows, 0, 1, 1)
    })
    const none = await call('coaches', file, '--seconds', '0.3', '--json')
    expect(none.code).toBe(1)
    expect(none.error).toMatch(/没有可行方案：.*\nThere is no plan: .*seats/)
    expect(JSON.parse(none.out)).toMatchObject({ ok: false })
  })

  it.each([
    [
      'coaches',
      '需求',
      1,
      1,
      '无名镇',
      /第 3 行，?“需求·上车地点”列：“无名镇”不在工作表“地点”中/,
      /row 3, column "requests·from": "无名镇" is not in the sheet "places"/,
    ],
    [
      'coaches',
      '需求',
      1,
      7,
      '05:00',
      /第 3 行“需求·最晚上车”列：早于起点/,
      /row 3, column "requests·latest": it lies before the beginning/,
    ],
    ['visits', '人员', 0, 4, '07:00', /第 2 行“人员·下班”列：早于起点/, /row 2, column "workers·until": it lies before/],
    ['coaches', '需求', 1, 3, '很多', /第 3 行.*“需求·人数”列：“很多”应为非负整数/, /"很多" should be a whole number/],
    ['coaches', '车辆', 0, 5, '飞走', /“飞走”应为到达即止/, /should be at-destination/],
    ['timetable', '工序', 2, 4, 's9', /“s9”不在工作表“工序”中/, /is not in the sheet "activities"/],
    ['timetable', '到货', 0, 1, '2020-02-30', /应为日期/, /should be a date/],
    ['match', '岗位', 0, 2, '', /第 2 行.*不能为空/, /must not be empty/],
    ['allocate', '需求', 0, 2, '2020-03-09', /不在计划的 3 天/, /outside the 3 days/],
    ['visits', '人员', 0, 3, '25:70', /应为时刻/, /should be a time/],
  ])('%s: names sheet, row and column of what cannot be read (%s)', async (name, sheet, row, column, value, zh, en) => {
    const wrong = await call(name, await changed(name, sheet, (rows) => set(rows, row, column, value)))
    expect(wrong.code).toBe(2)
    expect(wrong.error).toMatch(zh)
    expect(wrong.error).toMatch(en)
  })

  it.each([
    ['连续驾驶上限(小时)', '0', /不小于 0.1/, /at least 0.1/],
    ['连续驾驶上限(小时)', '-1', /不小于 0.1/, /at least 0.1/],
    ['载客率', '-50%', /“-50%”应为不小于 0、不大于 1 的数/, /"-50%" should be a number at least 0 and at most 1/],
    ['每人上车(秒)', '2.5', /应为非负整数/, /should be a whole number/],
    ['丘陵车速(公里/小时)', '0', /不小于 0.1/, /at least 0.1/],
  ])('coaches: a setting that nothing can be planned with is refused with its cell (%s = %s)', async (name, value, zh, en) => {
    const command = planCommands.find((one) => one.name === 'coaches')
    if (!command) throw new Error('coaches')
    const file = join(folder, 'hostile.xlsx')
    const key = Object.entries(command.settings).find(([, one]) => one.zh === name)?.[0] ?? ''
    await writeTarget(file, await exampleBytes(command.example.filled, command.settings, { [key]: value }))
    const { code, error } = await call('coaches', file, '--seconds', '0.1')
    expect(code).toBe(2)
    expect(error).toMatch(zh)
    expect(error).toMatch(en)
    expect(error).toContain(`“参数·${name}”列`)
  })

  it.each([
    [
      'coaches',
      '车辆',
      0,
      8,
      -5000,
      /第 2 行“车辆·每车费用\(元\)”列：“-5000”应为不小于 0/,
      /row 2, column "coaches·cost a coach \(yuan\)"/,
    ],
    ['coaches', '需求', 2, 9, -3, /第 4 行“需求·每人留下代价”列/, /row 4, column "requests·leaving cost": "-3" should be/],
    ['coaches', '需求', 0, 4, '30;3', /第 2 行“需求·同行家庭人数”列：33 大于“人数”31/, /33 is above "people", 31/],
    ['coaches', '车辆', 1, 3, 34, /第 3 行“车辆·预留座位”列/, /34 is above "approved seats", 33/],
    ['coaches', '车辆', 1, 11, 0, /第 3 行“车辆·驾驶员”列：“0”应为不小于 1/, /"0" should be a number at least 1/],
    ['visits', '走访', 2, 6, -40_000, /第 4 行“走访·推迟代价”列/, /row 4, column "visits·cost of putting off"/],
    ['visits', '走访', 0, 2, -5, /第 2 行“走访·时长\(分钟\)”列/, /at least 0 and at most 1440/],
    ['visits', '人员', 2, 6, 0, /第 4 行“人员·步行\(公里\/小时\)”列/, /at least 0.1/],
    ['match', '岗位', 1, 4, -3, /第 3 行“岗位·工资\(元\/月\)”列/, /row 3, column "posts·wage"/],
    ['match', '人员', 1, 1, 1060, /第 3 行“人员·经度”列：“1060”应为不小于 -180、不大于 180 的数/, /at most 180/],
    ['allocate', '批次', 0, 3, '1e12', /第 2 行“批次·数量”列/, /row 2, column "lots·amount"/],
    ['timetable', '工序', 1, 5, '泥工:-2', /第 3 行“工序·班组”列/, /row 3, column "activities·crews"/],
  ])('%s: a cell out of its range is refused with its place (%s)', async (name, sheet, row, column, value, zh, en) => {
    const wrong = await call(name, await changed(name, sheet, (rows) => set(rows, row, column, value)), '--seconds', '0.1')
    expect(wrong.code).toBe(2)
    expect(wrong.error).toMatch(zh)
    expect(wrong.error).toMatch(en)
  })

  it.each(['abc', '-5', '', 'NaN'])('allocate: --memory %s is refused', async (memory) => {
    const { code, error } = await call('allocate', await changed('allocate', '', () => undefined), `--memory=${memory}`)
    expect(code).toBe(2)
    expect(error).toMatch(/--memory 需要数字[\s\S]*--memory needs a number/)
  })

  it('match: a worker or a post without coordinates stands at the centre of its area, and the plan says so', async () => {
    const command = planCommands.find((one) => one.name === 'match')
    const areas = command?.sheets.find(({ zh }) => zh === '区域')
    if (!command || !areas) throw new Error('match')
    const filled = (area: string) => [
      ...command.example.filled.map((one) => ({
        ...one,
        rows: one.rows.map((row, k) => {
          const at = one.sheet.zh === '人员' ? [1, 2, 9] : [5, 6, 7]
          if (k > 0) return row
          const bare = row.map((cell, c) => (at.includes(c) ? '' : cell))
          bare[at[2] ?? 0] = area
          return bare
        }),
      })),
      { sheet: areas, rows: [['巴州区', 106.77, 31.85, '', '']] },
    ]
    const file = join(folder, 'bare.xlsx')
    await writeTarget(file, await exampleBytes(filled('巴州区'), command.settings))
    const { code, error } = await call('match', file, '--lang', 'en')
    expect(code).toBe(0)
    expect(error).toContain('"W1" has no coordinates: the centre of "巴州区" stands in')
    expect(error).toContain('"P1" has no coordinates')
    await writeTarget(file, await exampleBytes(filled('无名区'), command.settings))
    const lost = await call('match', file)
    expect(lost.code).toBe(2)
    expect(lost.error).toMatch(/第 2 行“人员·经度”列：“W1”及其上级均无坐标[\s\S]*row 2, column "workers·longitude"/)
  })

  it('runs as a program of its own and says how it is used', () => {
    const { status, stderr } = spawnSync(process.execPath, [new URL('./plan.ts', import.meta.url).pathname], { encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr).toMatch(/plan COMMAND FILE\.xlsx[\s\S]*coaches[\s\S]*visits/)
  })

  it('says which sheet or setting it does not know, and which options', async () => {
    const file = join(folder, 'other.xlsx')
    await writeTarget(file, await workbookBytes([{ name: '别的', header: ['a'], rows: [[1]] }]))
    expect((await call('match', file)).error).toMatch(/缺少工作表“人员”（workers），现有：别的/)
    const settings = join(folder, 'settings.xlsx')
    await writeTarget(
      settings,
      await workbookBytes([
        ...(planCommands.find(({ name }) => name === 'match')?.example.filled ?? []).map(({ sheet, rows }) => ({
          name: sheet.en,
          header: Object.values(sheet.columns).map(({ en }) => en),
          rows,
        })),
        { name: 'settings', header: ['setting', 'value'], rows: [['gravity', 9]] },
      ]),
    )
    expect((await call('match', settings)).error).toMatch(/没有参数“gravity”/)
    expect((await call('match', file, '--seconds', '-1')).code).toBe(2)
    expect((await call('match', file, '--mode')).code).toBe(2)
    expect((await call('dance')).code).toBe(2)
    expect((await call('match', join(folder, 'none.xlsx'))).error).toMatch(/cannot be read/)
    for (const { name } of planCommands) expect((await call(name, '--help')).out).toContain('(')
  })

  it('matches groups to one site, keeps quotas, and finds a matching that nobody wants to leave', async () => {
    const grouped = JSON.parse((await call('match', await changed('match', '', () => undefined))).out)
    const siteOf = (worker: string) => grouped.matches.find((one: { worker: string }) => one.worker === worker).post
    expect(siteOf('W1')).toBe(siteOf('W2'))
    const command = planCommands.find(({ name }) => name === 'match')
    const quotas = command?.sheets.find(({ zh }) => zh === '配额')
    const file = join(folder, 'quota.xlsx')
    if (command && quotas)
      await writeTarget(
        file,
        await exampleBytes(
          [
            ...command.example.filled.map((one) =>
              one.sheet.zh === '人员' ? { ...one, rows: one.rows.map((row) => row.map((cell) => (cell === '夫妻甲' ? '' : cell))) } : one,
            ),
            { sheet: quotas, rows: [['巴州区', '', '', 4]] },
          ],
          command.settings,
        ),
      )
    const limited = JSON.parse((await call('match', file)).out)
    const fromBazhou = limited.matches.filter(
      (one: { worker: string; post: string | null }) => one.post !== null && Number(one.worker.slice(1)) % 2 === 0,
    )
    expect(fromBazhou.length).toBeLessThanOrEqual(4)
    expect((await call('match', file, '--mode', 'stable')).error).toMatch(/takes no groups and no quotas/)
    const free = await changed('match', '人员', (rows) => {
      for (const row of rows) row[6] = ''
    })
    expect(JSON.parse((await call('match', free, '--mode', 'stable')).out)).toMatchObject({ ok: true, objective: 0 })
  })
})
