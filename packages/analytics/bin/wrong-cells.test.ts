/** One wrong cell at a time, for every column that a command reads: the error names the row of the file and the column, and what to do. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { analyse } from './analyse.ts'

const folder = mkdtempSync(join(tmpdir(), 'wrong-cells-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
function file(lines: readonly string[]): string {
  files += 1
  const path = join(folder, `${files}.csv`)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

async function errorOf(...args: string[]): Promise<string> {
  let error = ''
  const code = await analyse([...args, '--json'], {
    out: () => undefined,
    error: (text) => {
      error += text
    },
  })
  expect({ code, error }).toMatchObject({ code: 2, error: expect.any(String) })
  return error
}

/** Both languages name the place, and say more than what is wrong. */
function expectPlace(error: string, row: number, column: string, fault: RegExp) {
  const [zh = '', en = ''] = error.trim().split('\n')
  expect(zh).toContain(`第 ${row} 行“${column}”列：`)
  expect(zh).toMatch(/请|补上|加 --/)
  expect(en).toContain(`row ${row}, column "${column}": `)
  expect(en).toMatch(fault)
  expect(en).toMatch(/: .+: |format the column|say --|use normal|Begin earlier/)
}

const days = ['date,cases', ...Array.from({ length: 12 }, (_, k) => `2020-01-${String(k + 1).padStart(2, '0')},${3 + (k % 4)}`)]
/** The lines with one of them changed; rows are counted as in the file. */
const withRow = (lines: readonly string[], row: number, text: string) => lines.map((line, k) => (k === row - 1 ? text : line))

describe.each(['rt', 'growth', 'cohort', 'forecast', 'alerts', 'backproject', 'beds', 'indicators', 'zoning'])(
  '%s, daily counts',
  (command) => {
    it.each([
      ['an empty count', '2020-01-04,', 'cases', /empty: write a number/],
      ['a word for a count', '2020-01-04,many', 'cases', /not a number: write digits/],
      ['half a case', '2020-01-04,1.5', 'cases', /not a whole number/],
      ['an empty day', ',3', 'date', /empty: write a date/],
      ['a day that there is not', '2020-02-30,3', 'date', /not a date: write 2020-02-14/],
      ['a year that cannot be meant', '2202-01-04,3', 'date', /not a date/],
      ['a day twice', '2020-01-03,3', 'date', /2020-01-03 is already in row 4: add them up/],
      ['a cell too many', '2020-01-04,3,7', '3', /take out "7"/],
    ])('%s', async (_, text, column, fault) => {
      expectPlace(await errorOf(command, file(withRow(days, 5, text))), 5, column, fault)
    })
  },
)

const people = ['id,onset,imported', 'A,2020-01-01,yes', 'B,2020-01-05,no', 'C,2020-01-07,']
const cases = ['id,onset', 'A,2020-01-01', 'B,2020-01-05', 'C,2020-01-07']
const links = ['a,b,kind,hours,first_day,last_day', 'A,B,home,3,,', 'B,C,home,2,2020-01-02,2020-01-03']
const towns = [
  'place,date,cases,lon,lat,population',
  'A,2020-01-01,1,106,31,500',
  'B,2020-01-01,2,107,32,500',
  'A,2020-01-02,1,106,31,500',
  'B,2020-01-02,4,107,32,500',
]
const places = ['name,lon,lat,population', 'A,106,31,500', 'B,107,32,500']
const totals = ['place,cases,lon,lat,expected', 'A,3,106,31,2', 'B,4,107,32,5']
const stays = [
  '姓名,地点,类别,到达,离开,排,座',
  '测试甲,车1,vehicle,2020-02-11 08:00,2020-02-11 09:00,2,1',
  '测试乙,车1,vehicle,2020-02-11 08:30,2020-02-11 09:00,5,1',
]
const register = ['地区,类别,进入,离开,原因', '曾口镇,居家,2020-02-01,2020-02-10,解除', '曾口镇,集中,2020-02-03,,']
const reported = ['日期,存量,增量,减量', '2020-01-01,5,1,0', '2020-01-02,6,1,0', '2020-01-03,6,0,0']
const reports = ['id,onset,reported', 'A,2020-01-01,2020-01-03', 'B,2020-01-02,2020-01-04']
const deaths = days.map((line, k) => `${line},${k === 0 ? 'deaths' : '0'}`)
const windows = ['EL,ER,SL,SR', '0,1,3,4', '0,1,5,6', '0,1,4,5']
const pairs = ['infector_onset,infectee_onset', '2020-01-01,2020-01-05', '2020-01-02,2020-01-06', '2020-01-03,2020-01-09']
const infectors = ['id,infector', 'A,', 'B,A', 'C,B']
const homes = ['户,家庭人数,续发人数', '1,3,1', '2,4,0', '3,2,0']
const facts = ['名称,activeCases,shareOfCountiesAffected,everHadCase', '甲市,3,0.5,是', '乙市,0,0.1,是']

it.each<[command: string, what: string, lines: readonly string[], row: number, column: string, fault: RegExp, ...options: string[]]>([
  ['growth', 'a flag that is neither', withRow(people, 3, 'B,2020-01-05,maybe'), 3, 'imported', /write yes or no/],
  ['growth', 'a case twice in a line list', withRow(people, 4, 'A,2020-01-07,'), 4, 'id', /already in row 2/],
  ['growth', 'no day of onset at all', ['id,onset', 'A,', 'B,'], 2, 'onset', /no date at all: fill in/],
  ['growth', 'two columns of one name', ['date,cases,cases', '2020-01-01,1,2'], 1, 'cases', /twice \(columns 2 and 3\): take one out/],
  ['rt', 'more imported than cases', ['date,cases,imported', '2020-01-01,1,0', '2020-01-02,1,4'], 3, 'imported', /say --counts local/],
  ['beds', 'negative admissions', withRow(days, 5, '2020-01-04,-4'), 5, 'cases', /is negative: write 0/],
  ['indicators', 'a cumulative count below 0', withRow(days, 5, '2020-01-04,-4'), 5, 'cases', /is negative/, '--cumulative', 'yes'],
  ['cfr', 'a death too few', withRow(deaths, 5, '2020-01-04,3,-1'), 5, 'deaths', /Begin earlier/],
  ['cfr', 'an empty cell of deaths', withRow(deaths, 5, '2020-01-04,3,'), 5, 'deaths', /empty/],
  ['cfr', 'more cases taken back than there were', withRow(deaths, 3, '2020-01-02,-9,0'), 3, 'cases', /takes back more cases/],
  ['nowcast', 'a report before its event', withRow(reports, 3, 'B,2020-01-02,2020-01-01'), 3, 'reported', /before the event.*: check both/],
  ['nowcast', 'a case twice', withRow(reports, 3, 'A,2020-01-02,2020-01-04'), 3, 'id', /already in row 2/],
  ['nowcast', 'a bad day of report', withRow(reports, 3, 'B,2020-01-02,soon'), 3, 'reported', /not a date/],
  ['chains', 'a case without an id', withRow(cases, 3, ',2020-01-05'), 3, 'id', /empty: fill it in/],
  ['chains', 'a case twice', withRow(cases, 4, 'A,2020-01-07'), 4, 'id', /already in row 2: keep one/],
  ['chains', 'a case without onset', withRow(cases, 3, 'B,'), 3, 'onset', /empty: write a date/],
  ['clusters', 'a negative population', withRow(towns, 3, 'B,2020-01-01,2,107,32,-5'), 3, 'population', /impossible, it must be 0 or more/],
  [
    'clusters',
    'cases where nobody lives',
    towns.map((line) => line.replace('32,500', '32,0')),
    3,
    'population',
    /has cases and 0/,
    '--model',
    'poisson',
  ],
  ['clusters', 'a latitude beyond the pole', withRow(towns, 3, 'B,2020-01-01,2,107,99,500'), 3, 'lat', /between -90 and 90: check/],
  ['clusters', 'a longitude beyond the globe', withRow(towns, 3, 'B,2020-01-01,2,1070,32,500'), 3, 'lon', /between -180 and 180/],
  ['clusters', 'a place somewhere else', withRow(towns, 5, 'B,2020-01-02,4,107,33,500'), 5, 'lat', /another value in row 3: make them/],
  ['clusters', 'a place without a name', withRow(towns, 3, ',2020-01-01,2,107,32,500'), 3, 'place', /empty/],
  ['clusters', 'a day twice in a place', withRow(towns, 4, 'A,2020-01-01,1,106,31,500'), 4, 'date', /A 2020-01-01 is already in row 2/],
  ['clusters', 'a correction that takes too much', withRow(towns, 5, 'B,2020-01-02,-4,107,32,500'), 5, 'cases', /takes back more/],
  ['clusters', 'negative cases in all', withRow(totals, 3, 'B,-4,107,32,5'), 3, 'cases', /is negative/],
  ['clusters', 'negative expected cases', withRow(totals, 3, 'B,4,107,32,-5'), 3, 'expected', /0 or more/],
  ['clusters', 'cases where none are expected', withRow(totals, 3, 'B,4,107,32,0'), 3, 'expected', /has cases and 0/],
  ['clusters', 'a place twice', withRow(totals, 3, 'A,4,106,31,2'), 3, 'place', /already in row 2/],
  ['contacts', 'nobody', withRow(stays, 3, ',车1,vehicle,2020-02-11 08:30,2020-02-11 09:00,5,1'), 3, '姓名', /empty/, '--case', '测试甲'],
  [
    'contacts',
    'nowhere',
    withRow(stays, 3, '测试乙,,vehicle,2020-02-11 08:30,2020-02-11 09:00,5,1'),
    3,
    '地点',
    /empty/,
    '--case',
    '测试甲',
  ],
  [
    'contacts',
    'a place of two kinds',
    withRow(stays, 3, '测试乙,车1,home,2020-02-11 08:30,2020-02-11 09:00,5,1'),
    3,
    '类别',
    /another kind/,
    '--case',
    '测试甲',
  ],
  [
    'contacts',
    'an hour of 75 minutes',
    withRow(stays, 3, '测试乙,车1,vehicle,2020-02-11 08:75,2020-02-11 09:00,5,1'),
    3,
    '到达',
    /not a time/,
    '--case',
    '测试甲',
  ],
  [
    'contacts',
    'an end before the start',
    withRow(stays, 3, '测试乙,车1,vehicle,2020-02-11 08:30,2020-02-11 07:00,5,1'),
    3,
    '离开',
    /check both times/,
    '--case',
    '测试甲',
  ],
  [
    'contacts',
    'a row of seats that no coach has',
    withRow(stays, 3, '测试乙,车1,vehicle,2020-02-11 08:30,2020-02-11 09:00,99999,1'),
    3,
    '排',
    /between 1 and 4095/,
    '--case',
    '测试甲',
  ],
  [
    'contacts',
    'a seat that no row has',
    withRow(stays, 3, '测试乙,车1,vehicle,2020-02-11 08:30,2020-02-11 09:00,5,16'),
    3,
    '座',
    /between 0 and 15/,
    '--case',
    '测试甲',
  ],
  ['contacts', 'a stay twice', withRow(stays, 3, stays[1] ?? ''), 3, '到达', /already in row 2/, '--case', '测试甲'],
  [
    'balance',
    'an exit before the entry',
    withRow(register, 3, '曾口镇,集中,2020-02-09,2020-02-06,解除'),
    3,
    '离开',
    /before the entry, 2020-02-09: check/,
  ],
  ['balance', 'an exit without a reason', withRow(register, 3, '曾口镇,集中,2020-02-03,2020-02-06,'), 3, '原因', /empty/],
  ['balance', 'no area', withRow(register, 3, ',集中,2020-02-03,,'), 3, '地区', /empty/],
  ['balance', 'no day of entry', withRow(register, 3, '曾口镇,集中,,,'), 3, '进入', /empty: write a date/],
  ['balance', 'negative entries', withRow(reported, 3, '2020-01-02,6,-1,0'), 3, '增量', /is negative/],
  ['balance', 'negative exits', withRow(reported, 3, '2020-01-02,6,1,-2'), 3, '减量', /is negative/],
  ['balance', 'a negative stock', withRow(reported, 3, '2020-01-02,-6,1,0'), 3, '存量', /is negative/],
  ['balance', 'a day left out', withRow(reported, 4, '2020-01-05,6,0,0'), 4, '日期', /2020-01-03 is missing before this row: add/],
  ['balance', 'a day twice', withRow(reported, 4, '2020-01-02,6,0,0'), 4, '日期', /2020-01-02 is already in row 3: mend/],
  [
    'intervals',
    'a window that ends before it begins',
    withRow(windows, 3, '4,2,6,7'),
    3,
    'ER',
    /ends before it begins/,
    '--family',
    'gamma',
  ],
  [
    'intervals',
    'an event after the end',
    withRow(pairs, 3, '2020-01-02,2020-03-06'),
    3,
    'infectee_onset',
    /after the end/,
    '--seen-until',
    '2020-01-20',
  ],
  ['intervals', 'a number among dates', withRow(pairs, 3, '2020-01-02,6'), 3, 'infectee_onset', /written otherwise.*: write dates/],
  ['intervals', 'an empty end', withRow(windows, 3, '0,1,,6'), 3, 'SL', /empty/],
  ['offspring', 'a negative number', ['offspring', '1', '-2'], 3, 'offspring', /is negative/],
  ['offspring', 'more cases than a file can stand for', ['offspring,cases', '1,5', '2,99999999999'], 3, 'cases', /between 0 and/],
  ['offspring', 'an unknown infector', withRow(infectors, 4, 'C,X'), 4, 'infector', /not in the table: mend/],
  ['offspring', 'a case that infects itself', withRow(infectors, 4, 'C,C'), 4, 'infector', /its own source/],
  ['offspring', 'a ring of infectors', withRow(infectors, 2, 'A,C'), 4, 'infector', /through others: mend/],
  ['offspring', 'a case twice', withRow(infectors, 4, 'B,A'), 4, 'id', /already in row 3/],
  ['household', 'nobody at home', withRow(homes, 3, '2,0,0'), 3, '家庭人数', /1 or more/],
  ['household', 'more infected than there are', withRow(homes, 3, '2,2,3'), 3, '续发人数', /3 infected of 1/],
  ['household', 'a household twice', withRow(homes, 4, '1,2,0'), 4, '户', /already in row 2: make one/],
  ['zoning', 'a negative fact', withRow(facts, 3, '乙市,-1,0.1,是'), 3, 'activeCases', /0 or more/],
  ['zoning', 'a share above 1', withRow(facts, 3, '乙市,0,80,是'), 3, 'shareOfCountiesAffected', /between 0 and 1/],
  ['zoning', 'a flag that is neither', withRow(facts, 3, '乙市,0,0.1,perhaps'), 3, 'everHadCase', /yes or no/],
  ['zoning', 'an area twice', withRow(facts, 3, '甲市,0,0.1,是'), 3, '名称', /already in row 2/],
])('%s: %s', async (command, _, lines, row, column, fault, ...options) => {
  expectPlace(await errorOf(command, file(lines), ...options), row, column, fault)
})

describe('a second file is named with its row', () => {
  it.each<[what: string, lines: readonly string[], row: number, column: string, fault: RegExp]>([
    ['negative hours', withRow(links, 2, 'A,B,home,-3,,'), 2, 'hours', /0 or more/],
    ['more hours than the days have', withRow(links, 3, 'B,C,home,50,2020-01-02,2020-01-03'), 3, 'hours', /between 0 and 48/],
    ['a case with itself', withRow(links, 3, 'B,B,home,2,,'), 3, 'b', /in contact with itself: name/],
    ['an unknown case', withRow(links, 3, 'B,X,home,2,,'), 3, 'b', /not in the table of cases: mend/],
    ['an empty case', withRow(links, 3, ',C,home,2,,'), 3, 'a', /empty/],
    ['days the wrong way round', withRow(links, 3, 'B,C,home,2,2020-01-04,2020-01-03'), 3, 'last_day', /before the first/],
    ['a contact twice', withRow(links, 3, 'B,A,home,2,,'), 3, 'b', /already in row 2: add up/],
  ])('chains --links: %s', async (_, lines, row, column, fault) => {
    const path = file(lines)
    const error = await errorOf('chains', file(cases), '--links', path)
    expectPlace(error, row, column, fault)
    expect(error.split(path)).toHaveLength(3)
  })
  it.each<[what: string, lines: readonly string[], row: number, column: string, fault: RegExp]>([
    ['a place twice', withRow(places, 3, 'A,107,32,500'), 3, 'name', /already in row 2: keep one/],
    ['no latitude', withRow(places, 3, 'B,107,,500'), 3, 'lat', /empty/],
    ['nobody where there are cases', withRow(places, 3, 'B,107,32,0'), 3, 'population', /has cases and 0/],
  ])('clusters --places: %s', async (_, lines, row, column, fault) => {
    const path = file(lines)
    const counts = file(towns.map((line) => line.split(',').slice(0, 3).join(',')))
    const error = await errorOf('clusters', counts, '--places', path, '--model', 'poisson')
    expectPlace(error, row, column, fault)
    expect(error.split(path)).toHaveLength(3)
  })
})

it('reported books of several areas are balanced each by itself', async () => {
  const lines = [
    '地区,日期,存量,增量,减量',
    '甲县,2020-01-01,5,1,0',
    '乙县,2020-01-01,9,0,0',
    '甲县,2020-01-02,6,1,0',
    '乙县,2020-01-02,7,0,1',
  ]
  let out = ''
  await analyse(['balance', file(lines), '--json'], {
    out: (text) => {
      out += text
    },
    error: () => undefined,
  })
  expect(JSON.parse(out)).toMatchObject({
    days: [
      { day: '2020-01-01', stock: 14 },
      { day: '2020-01-02', stock: 13 },
    ],
    imbalances: [{ index: 1, difference: -1, en: expect.stringMatching(/^乙县 2020-01-02 does not balance: 9/) }],
  })
})
