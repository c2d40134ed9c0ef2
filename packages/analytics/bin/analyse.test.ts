import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, it } from 'vitest'
import { analyse } from './analyse.ts'
import { commands } from './commands/index.ts'
import { timeChart } from './picture/time-chart.ts'
import { simulate } from './simulate.ts'

const folder = mkdtempSync(join(tmpdir(), 'analyse-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function run(...args: string[]) {
  let out = ''
  let error = ''
  const code = await analyse(args, {
    out: (text) => {
      out += text
    },
    error: (text) => {
      error += text
    },
  })
  return { code, out, error }
}

const counts = [1, 0, 2, 1, 3, 4, 2, 5, 6, 4, 7, 5, 8, 9, 7, 10, 8, 11, 9, 12, 10]
const dailyRows = counts.map((count, k) => [`2020-02-${String(k + 1).padStart(2, '0')}`, count, Math.floor(count / 8)] as const)
const daily = file('daily.csv', `date,cases,deaths\n${dailyRows.map((row) => row.join(',')).join('\n')}\n`)
const pairs = file('pairs.csv', `EL,ER,SL,SR\n${[3, 4, 5, 6, 4, 7, 2, 5, 8, 4, 3, 6].map((d) => `0,1,${d},${d + 1}`).join('\n')}\n`)
const offspring = file('offspring.csv', `续发数\n${[0, 0, 0, 5, 1, 0, 0, 2, 0, 0, 9, 0].join('\n')}\n`)
const homes = file('homes.csv', 'size,infected\n3,1\n4,2\n2,0\n5,1\n3,0\n')
const register = file('register.csv', '地区,类别,进入,离开,原因\n曾口镇,居家,2020-02-01,2020-02-10,解除\n曾口镇,集中,2020-02-03,,\n')
const towns = file(
  'towns.csv',
  `place,lon,lat,population,date,cases\n${['A', 'B', 'C', 'D'].flatMap((name, k) => dailyRows.slice(0, 14).map(([date], day) => `${name},${106 + k * 0.1},${31 + (k % 2) * 0.1},5000,${date},${name === 'B' && day > 10 ? 5 : day % 3 === 0 ? 1 : 0}`)).join('\n')}\n`,
)
const stays = file(
  'stays.csv',
  '姓名,地点,类别,到达,离开,排\n甲,家一,household,2020-02-10 20:00,2020-02-11 07:00,\n乙,家一,household,2020-02-10 21:00,2020-02-11 08:00,\n甲,车1,vehicle,2020-02-11 08:00,2020-02-11 09:00,2\n丙,车1,vehicle,2020-02-11 08:30,2020-02-11 09:00,5\n丁,车1,vehicle,2020-02-11 08:30,2020-02-11 09:00,6\n丙,店,venue,2020-02-11 10:00,2020-02-11 11:00,\n戊,店,venue,2020-02-11 10:30,2020-02-11 12:00,\n',
)
const onsets = file(
  'onsets.csv',
  `onset,reported\n${dailyRows.flatMap(([date], k) => [1, 2, 4].slice(0, (k % 3) + 1).map((delay) => `${date},2020-02-${String(Math.min(29, k + 1 + delay)).padStart(2, '0')}`)).join('\n')}\n`,
)

describe('analyse', () => {
  it.each([
    ['rt', daily],
    ['growth', daily],
    ['cohort', daily],
    ['zoning', daily],
    ['nowcast', onsets],
    ['forecast', daily],
    ['alerts', daily],
    ['clusters', towns, '--replicates', '99'],
    ['cfr', daily, '--delay-mean', '6', '--delay-sd', '3'],
    ['beds', daily, '--capacity', '40'],
    ['offspring', offspring],
    ['household', homes],
    ['intervals', pairs],
    ['backproject', daily],
    ['contacts', stays, '--case', '甲', '--from', '2020-02-10', '--to', '2020-02-12'],
    ['balance', register],
    ['indicators', daily, '--population', '50000'],
  ])('%s answers as JSON and as a picture in both languages', async (name, ...args) => {
    const plain = await run(name, ...args)
    expect(plain.error).toBe('')
    const answer = JSON.parse(plain.out)
    expect(answer).toMatchObject({ command: name, ok: true })
    expect(typeof answer.method).toBe('string')
    for (const language of ['zh', 'en']) {
      const { code, out } = await run(name, ...args, '--svg', '--lang', language)
      expect(code).toBe(0)
      expect(out).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
      expect(out).not.toMatch(/NaN|undefined|null/)
      // English takes no Chinese punctuation.
      if (language === 'en') expect(out).not.toMatch(/[（）；，。：、％]/)
    }
  })

  it('covers every command above or in a test of its own', () => {
    expect(commands.map((command) => command.name).join(' ')).toBe(
      'rt cohort growth nowcast forecast alerts clusters chains contacts cfr beds offspring household intervals backproject balance indicators zoning',
    )
  })

  it('reconstructs the chains of a simulated outbreak from its files', async () => {
    const { cases } = await simulate([folder, '--seed', '3', '--days', '45'])
    const { out, error } = await run('chains', join(folder, 'cases.csv'), '--links', join(folder, 'contacts.csv'), '--json')
    expect(error).toBe('')
    const answer = JSON.parse(out)
    expect(answer.cases).toHaveLength(cases)
    const truth = new Map(
      readFileSync(join(folder, 'cases.csv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => [line.split(',')[0], line.split(',').at(-1)]),
    )
    const known = answer.cases.filter((one: { id: string }) => truth.get(one.id) !== '')
    const right = known.filter((one: { id: string; parent: string }) => truth.get(one.id) === one.parent)
    expect(right.length / known.length).toBeGreaterThan(0.4)
    const picture = await run('chains', join(folder, 'cases.csv'), '--svg')
    expect(picture.out).toContain('<path')
  })

  it('reads Excel workbooks and Chinese CSV files in GB 18030 to the same answer', async () => {
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('疫情')
    sheet.addRow(['日期', '新增确诊'])
    for (const [date, count] of dailyRows) sheet.addRow([new Date(`${date}T00:00:00Z`), count])
    const book = join(folder, 'daily.xlsx')
    await workbook.xlsx.writeFile(book)
    const chinese = file(
      'gb.csv',
      iconv.encode(`日期,新增确诊\n${dailyRows.map(([date, count]) => `${date.replaceAll('-', '/')},${count}`).join('\n')}\n`, 'gb18030'),
    )
    const [plain, fromBook, fromChinese] = await Promise.all([daily, book, chinese].map((path) => run('growth', path)))
    expect(fromBook?.out).toBe(plain?.out)
    expect(fromChinese?.out).toBe(plain?.out)
  })

  it('zones areas from a table of facts, says which fact is missing, and each day from daily counts', async () => {
    const facts = file(
      'facts.csv',
      '名称,residenceOrFrequentActivity,someActivity,距最近一例新增感染者的天数,countyHasRiskArea\n甲村,是,否,3,是\n乙村,是,否,8,是\n丙村,否,是,2,是\n丁村,否,否,,是\n戊村,是,否,,是\n',
    )
    const answered = await run('zoning', facts, '--table', 'national-2022', '--as-of', '2022-07-10', '--json')
    const { areas } = JSON.parse(answered.out) as { areas: { zone: string | null; refusal?: { en: string } }[] }
    expect(areas.map((area) => area.zone)).toEqual(['high', 'medium', 'medium', 'low', null])
    expect(areas[4]?.refusal?.en).toMatch(/days since the last newly infected/)
    expect((await run('zoning', facts, '--table', 'national-2022', '--as-of', '2022-07-10', '--svg')).out).toContain('高风险区')
    // Names of areas are the reader's own; all other words of the English picture are English.
    const english = (
      await run(
        'zoning',
        file('one-fact.csv', 'place,residenceOrFrequentActivity\nA,yes\n'),
        '--table',
        'national-2022',
        '--as-of',
        '2022-07-10',
        '--svg',
        '--lang',
        'en',
      )
    ).out
    expect(english).toContain('Zong Fa [2022] No. 71')
    expect(english).not.toMatch(/\p{Script=Han}/u)
    const days = JSON.parse((await run('zoning', daily, '--json')).out) as { areas: { day: string; zone: string | null }[] }
    // The table of 17 February is not in force before; afterwards 50 cases and the clusters decide, and nobody has said anything of clusters.
    expect(days.areas.find(({ day }) => day === '2020-02-16')?.zone).toBeNull()
    const known = JSON.parse((await run('zoning', daily, '--clusters', 'none', '--json')).out) as { areas: { zone: string | null }[] }
    expect(known.areas.at(-1)?.zone).toBe('medium')
    expect((await run('zoning', daily, '--table', 'national-2022')).error).toMatch(/neighbourhoods/)
    expect((await run('zoning', daily, '--clusters', 'soon')).error).toMatch(/--clusters needs a date/)
  })

  it('carries the doubt of a nowcast into the forecast', async () => {
    const { code, out } = await run('forecast', onsets, '--nowcast', 'yes', '--as-of', '2020-02-16', '--json')
    expect(code).toBe(0)
    const { days } = JSON.parse(out) as { days: { date: string; cases: { lower: number; upper: number } }[] }
    // It starts from the newest day that the nowcast can speak about, which is not later than the day of the data.
    expect(days[0]?.date ?? '').toMatch(/^2020-02-1[4-7]$/)
    expect(days[0]?.cases.upper ?? 0).toBeGreaterThan(days[0]?.cases.lower ?? 0)
    expect((await run('forecast', onsets, '--nowcast', 'yes', '--as-of', '2020-01-02')).code).not.toBe(0)
  })

  it('never breaks on a file, whatever stands in it: an answer, a refusal, or an error in both languages', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        'NA',
        '-1',
        '0',
        '1',
        '1e9',
        '99999999999999999999',
        '2020-02-30',
        '2020-02-14',
        '20200214',
        '是',
        '"',
        'x',
        '0.5',
        '2020-02-14 25:00',
      ),
      fc.string({ maxLength: 6 }),
    )
    const names = [
      'date',
      'cases',
      'onset',
      'reported',
      'id',
      'place',
      'lon',
      'lat',
      'start',
      'end',
      'person',
      '续发数',
      'size',
      'infected',
      'EL',
      'ER',
      'SL',
      'SR',
      '进入',
      '离开',
      '原因',
      '类别',
      'deaths',
      'imported',
    ]
    let number = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...commands.map((command) => command.name)),
        fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 8 }),
        fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 }),
        async (command, header, rows) => {
          number += 1
          const path = file(
            `fuzz-${number}.csv`,
            `${header.join(',')}\n${rows.map((row) => row.slice(0, header.length).join(',')).join('\n')}\n`,
          )
          const { code, error } = await run(command, path, '--json')
          expect([0, 2, 3]).toContain(code)
          if (code !== 0) {
            expect(error).toMatch(/\p{Script=Han}/u)
            expect(error).toMatch(/[a-z]{3}/)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('traces two rings by place, time and seat, with the end of observation', async () => {
    const { out } = await run('contacts', stays, '--case', '甲', '--json')
    const answer = JSON.parse(out)
    expect(answer.first.map((one: { name: string }) => one.name)).toEqual(['乙', '丙'])
    expect(answer.second).toMatchObject(
      [
        { name: '丁', via: '丙' },
        { name: '戊', via: '丙' },
      ].sort((a, b) => (a.name < b.name ? -1 : 1)),
    )
    expect(answer.first[0]).toMatchObject({
      minutes: 600,
      last: '2020-02-11 07:00',
      observationEnds: '2020-02-25',
      earliestRelease: '2020-02-26',
    })
    expect((await run('contacts', stays, '--case', '癸')).error).toMatch(/--case/)
  })

  it('runs every command that the page shows on the series of Bazhong', async () => {
    const shown = readFileSync('docs/how-to/analyse.md', 'utf8').match(/(?<=analyse\.ts )\w+ docs\S+ .*(?= --out)/g) ?? []
    expect(shown.length).toBeGreaterThan(6)
    for (const line of shown)
      expect(await run(...line.split(' '))).toMatchObject({ code: 0, error: '', out: expect.stringContaining('<svg') })
  })

  it('carries the doubt of a fitted serial interval into R', async () => {
    const draws = join(folder, 'draws.json')
    await run('intervals', pairs, '--json', '--out', draws)
    const [sure, doubtful] = await Promise.all([
      run('rt', daily, '--si-mean', '5.2', '--si-sd', '2'),
      run('rt', daily, '--si-draws', draws),
    ])
    expect(doubtful.error).toBe('')
    const last = (text: string) => JSON.parse(text).windows.at(-1).posterior
    expect(last(doubtful.out).intervalsUsed).toBe(100)
    expect(last(sure.out).intervalsUsed).toBe(1)
    expect((await run('rt', daily, '--si-draws', daily)).error).toMatch(/intervals --json/)
  })

  it('judges weeks against the same season of earlier years, where a day would be needed elsewhere', async () => {
    const week = (k: number) => new Date(Date.UTC(2013, 0, 7) + k * 604_800_000).toISOString().slice(0, 10)
    const weeks = Array.from(
      { length: 330 },
      (_, k) => `${week(k)},${Math.round(20 + 10 * Math.sin((2 * Math.PI * k) / 52.18)) + (k % 5) + (k === 328 ? 60 : 0)}`,
    )
    const path = file('weeks.csv', `date,cases\n${weeks.join('\n')}\n`)
    const answer = JSON.parse((await run('alerts', path, '--method', 'farrington')).out)
    expect(answer.days.filter((one: { alarm: boolean }) => one.alarm).map((one: { date: string }) => one.date)).toContain(week(328))
    expect((await run('alerts', path, '--method', 'farrington', '--svg')).out).not.toMatch(/NaN|undefined/)
    expect((await run('rt', path)).error).toMatch(/周数据[\s\S]*weekly counts/)
  })

  it('takes imported cases out of a total, not out of local cases', async () => {
    const days = dailyRows.map(([date, count]) => [date, count, count > 5 ? 2 : 0] as const)
    const total = file(
      'total.csv',
      `日期,新增确诊,境外输入\n${days.map(([date, count, imported]) => `${date},${count + imported},${imported}`).join('\n')}\n`,
    )
    const local = file(
      'local.csv',
      `日期,本地病例,境外输入\n${days.map(([date, count, imported]) => `${date},${count},${imported}`).join('\n')}\n`,
    )
    const [one, other] = await Promise.all([total, local].map((path) => run('rt', path)))
    expect(one?.out).toBe(other?.out)
    expect((await run('rt', total, '--counts', 'local')).out).not.toBe(one?.out)
    expect((await run('rt', file('less.csv', 'date,cases,imported\n2020-02-01,1,2\n'))).error).toMatch(
      /row 2, column "imported".*--counts local/,
    )
  })

  it('writes to a file', async () => {
    const target = join(folder, 'out.svg')
    expect((await run('rt', daily, '--svg', '--out', target)).out).toBe('')
    expect(readFileSync(target, 'utf8')).toContain('<svg')
  })
})

describe('what is wrong', () => {
  it.each([
    [
      'a date',
      'date,cases\n2020-02-01,1\n2020-02-31,2\n',
      /第 3 行“date”列.*不是日期[\s\S]*row 3, column "date": "2020-02-31" is not a date/,
    ],
    ['a number', '日期,新增\n2020-02-01,1\n2020-02-02,二\n', /第 3 行“新增”列：“二”不是数字/],
    ['a fraction', 'date,cases\n2020-02-01,1.5\n', /row 2, column "cases": "1.5" is not a whole number/],
    ['a day twice', 'date,cases\n2020-02-01,1\n2020-02-01,2\n', /row 3, column "date": 2020-02-01 is already in row 2/],
    ['a missing day', 'date,cases\n2020-02-01,1\n2020-02-03,2\n', /2020-02-02 is missing.*--gaps zero/],
    [
      'a missing column',
      'date,temperature\n2020-02-01,36.5\n',
      /缺少“新增”列[\s\S]*"cases" \(新增\) is missing; the file has: date, temperature/,
    ],
    ['a long row', 'date,cases\n2020-02-01,1,7\n', /row 2, column "3": the row has 3 cells/],
    ['an open quote', 'date,cases\n"2020-02-01,1\n', /引号/],
    ['no rows', 'date,cases\n', /没有数据行/],
  ])('%s: the place and what to do, in both languages', async (name, content, message) => {
    const { code, error, out } = await run('rt', file(`${name}.csv`, content))
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(error).toMatch(message)
  })

  it('a missing file, an unknown option, a bad number, an unknown command', async () => {
    expect((await run('rt', join(folder, 'none.csv'))).error).toMatch(/无法读取文件.*\n.*ENOENT/)
    expect((await run('rt', daily, '--colour', 'red')).error).toMatch(/参数有误/)
    expect((await run('rt', daily, '--si-mean', 'long')).error).toMatch(/--si-mean needs a number/)
    expect((await run('rt')).error).toMatch(/Give one file/)
    expect(await run('dance', daily)).toMatchObject({ code: 2, error: expect.stringContaining('analyse COMMAND FILE') })
    expect((await run('rt', '--help')).out).toContain('--si-mean')
  })

  it('data too thin are refused with a reason and another code than errors', async () => {
    const thin = await run('offspring', file('thin.csv', 'offspring\n1\n2\n'), '--json')
    expect(thin.code).toBe(3)
    expect(JSON.parse(thin.out)).toMatchObject({ ok: false, refusal: { code: 'too-few-cases' } })
    expect(thin.error).toMatch(/至少需要 10 例[\s\S]*at least 10/)
  })

  it('options that cannot be meant are refused, not passed over', async () => {
    for (const [words, reason] of [
      [['--lang', 'fr'], /--lang must be zh or en/],
      [['--as-of', 'banana'], /--as-of needs a date/],
      [['--from', '2020-13-01'], /^--from [\s\S]*--from needs a date/],
      [['--json', '--svg'], /choose one of --json and --svg/],
      [['--window', '0'], /needs a whole number \(1/],
      [['--out', join(folder, 'nowhere', 'rt.json')], /cannot be written \(ENOENT\)/],
    ] as const) {
      const { code, error } = await run('rt', daily, ...words)
      expect(code).toBe(2)
      expect(error).toMatch(reason)
    }
  })

  it('dates every result: by the option, by the newest date in the file, or says that none is stated', async () => {
    const asOf = async (...words: string[]) => (JSON.parse((await run(...words)).out) as { asOf: string }).asOf
    expect(await asOf('household', homes, '--json')).toBe('not-stated')
    expect(await asOf('household', homes, '--json', '--as-of', '2020-02-20')).toBe('2020-02-20')
    const dated = file('dated.csv', 'infector_onset,infectee_onset\n2020-01-03,2020-01-09\n2020-01-04,2020-01-08\n2020-01-05,2020-01-12\n')
    expect((await run('intervals', dated, '--json')).out).toContain('2020-01-12')
  })

  it('pictures give no limit that the data do not give, and say where a nowcast is doubtful', async () => {
    const one = file('one.csv', `offspring\n${Array<number>(99).fill(0).join('\n')}\n300\n`)
    expect((await run('offspring', one, '--svg')).out).toContain('上限不明')
    const day = (k: number) => new Date(Date.UTC(2020, 0, 1 + k)).toISOString().slice(0, 10)
    const rows = Array.from({ length: 28 }, (_, k) => `${day(k)},${day(Math.ceil(k / 7) * 7)}`)
    const weekly = file('weekly.csv', `onset,report\n${rows.join('\n')}\n`)
    expect((await run('nowcast', weekly, '--svg')).out).toContain('请慎用')
  })

  it('a correction takes cases out of the scan', async () => {
    const header = 'place,lon,lat,date,cases\n'
    const rows = Array.from(
      { length: 12 },
      (_, k) => `A,106,31,2020-02-${k + 1},1\nB,107,31,2020-02-${k + 1},1\nC,108,32,2020-02-${k + 1},0`,
    )
    const total = async (name: string, last: string) =>
      (
        JSON.parse((await run('clusters', file(name, `${header}${rows.join('\n')}\n${last}\n`), '--json', '--replicates', '9')).out) as {
          total: number
        }
      ).total
    expect(await total('plain.csv', 'A,106,31,2020-02-13,3')).toBe(27)
    expect(await total('taken.csv', 'A,106,31,2020-02-13,3\nA,106,31,2020-02-14,-3')).toBe(24)
  })

  it('says where a band leaves the picture, and in the forecast what is assumed', async () => {
    const chart = (upper: number) =>
      timeChart({
        title: '',
        subtitle: '',
        footnote: '',
        days: ['2020-02-01', '2020-02-02'],
        language: 'en',
        panels: [
          {
            title: '',
            height: 100,
            layers: [
              { kind: 'line', values: [1, 1], label: '' },
              { kind: 'band', lower: [0, 0], upper: [1, upper], label: '' },
            ],
          },
        ],
      })
    expect(chart(3)).not.toContain('above the picture')
    expect(chart(50)).toContain('the interval reaches 50, above the picture')
    expect((await run('forecast', daily, '--svg', '--lang', 'en')).out).toContain('growth is assumed to be answered')
  })

  it('a contact with an unknown case names the row', async () => {
    const list = file('list.csv', 'id,onset\nA,2020-02-01\nB,2020-02-05\n')
    expect((await run('chains', list, '--links', file('links.csv', 'a,b\nA,B\nA,X\n'))).error).toMatch(/row 3, column "b": the case "X"/)
    expect((await run('chains', file('twice.csv', 'id,onset\nA,2020-02-01\nA,2020-02-05\n'))).error).toMatch(/row 3, column "id"/)
  })
})
