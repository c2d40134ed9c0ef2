import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type lists, registry } from '@guatu/domains'
import { type Actor, fixedClock, idCheckCharacter, SYSTEM } from '@guatu/kernel'
import { expect, it, onTestFinished } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { CITY_FACTS } from '../../../../../testing/src/stores/lighthouse-store.ts'
import { migrated, tablesOf } from '../../../../../testing/src/stores/tables.ts'
import { doDailyDuties } from '../../jobs/daily.ts'
import { openStore } from '../../store/store.ts'
import { decideLines } from './decide.ts'
import { reconcile } from './reconcile.ts'

const uuid = () => crypto.randomUUID()
const town: Actor = { id: 'town', name: 'town', grants: [{ role: 'town-clerk', path: '1/11/11a/' }] }
const otherTown: Actor = { id: 'other', name: 'other', grants: [{ role: 'town-clerk', path: '1/12/' }] }
const auditor: Actor = { id: 'auditor', name: 'auditor', grants: [{ role: 'auditor', path: '1/' }] }
const number = (serial: number) => {
  const seventeen = `51990019900101${String(serial).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}

onBothEngines('a pushed list', (engine) => {
  it('is answered row by row, remembered by its layout, and those missed are entered once', { timeout: 300_000 }, async () => {
    const place = await engine.place(migrated(tablesOf(registry)))
    const clock = fixedClock('2020-02-14T02:00:00Z')
    const store = await openStore({
      target: place.target,
      registry,
      clock,
      migrations: tablesOf(registry),
    })
    const folder = mkdtempSync(join(tmpdir(), 'guatu-list-'))
    onTestFinished(async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    })
    await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
    const act = async (actor: Actor, record: string, recordId: string, action: string, input: Record<string, unknown>, area = '11a1') => {
      const done = await store.writer.submit({ id: uuid(), record, recordId, action, area, input }, actor)
      if (!done.ok) throw new Error(`${record}.${action}: ${done.problem.message.en}`)
    }
    const register = async (actor: Actor, serial: number, name: string, area: string) => {
      const id = uuid()
      await act(actor, 'person', id, 'register', { name, documentType: 'nationalId', documentNumber: number(serial) }, area)
      return id
    }
    const [watched, , , far] = [
      await register(town, 1, '测试甲', '11a1'),
      await register(town, 2, '测试乙', '11a1'),
      await register(town, 3, '测试丙', '11a2'),
      await register(otherTown, 4, '测试丁', '12a1'),
    ]
    await act(town, 'watch', uuid(), 'enter', { person: watched, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-10' })
    // An entry that was merged: its document and its name are those of the person who stayed.
    const [double, into] = [await register(town, 6, '测试庚', '11a1'), await register(town, 7, '测试辛', '11a2')]
    const twice = await register(town, 8, '测试壬', '11a1')
    await act(town, 'person', twice, 'merge', { mergedInto: double })
    await act(town, 'person', double, 'merge', { mergedInto: into })
    const path = join(folder, 'list.csv')
    const list = [
      '某市推送名单,,',
      '人员姓名,证件,来源说明',
      `测试甲,${number(1)},`,
      `测试乙,${number(2)},`,
      `别名,${number(3)},`,
      `测试丁,${number(4)},`,
      `测试戊,${number(5)},`,
      `测试己,${number(5).slice(0, 17)}${number(5).endsWith('0') ? '1' : '0'},`,
      `测试甲,${number(1)},`,
    ]
    writeFileSync(path, list.join('\r\n'))
    const purpose = '核对推送名单'
    // Between people a row that names nobody is answered; behind the last one it is a remark.
    const tail = join(folder, 'tail.csv')
    const remarked = ['姓名,证件号码,住址', `测试甲,${number(1)},`, ',,红星村', `测试乙,${number(2)},`, ',,以上请于今日反馈', ',,某局']
    writeFileSync(tail, remarked.join('\r\n'))
    const ended = await reconcile(store, town, { path: tail, purpose })
    expect(ended.ok && ended.value.rows?.map((row) => [row.line, row.outcome])).toEqual([
      [2, 'found'],
      [3, 'wrong'],
      [4, 'missed'],
    ])
    const doubles = join(folder, 'doubles.csv')
    writeFileSync(
      doubles,
      ['姓名,证件号码', `测试壬,${number(8)}`, `测试辛,${number(6)}`, `测试庚,${number(6)}`, `别名,${number(8)}`].join('\r\n'),
    )
    const merged = await reconcile(store, town, { path: doubles, purpose })
    expect(merged.ok && merged.value.rows?.map((row) => [row.outcome, row.person ?? row.why.zh])).toEqual([
      ['missed', into],
      ['missed', into],
      ['wrong', '与第3行重复'],
      ['wrong', '与第2行重复'],
    ])
    const entered = await decideLines(store, town, {
      path: doubles,
      purpose,
      lines: [2],
      decision: 'enter',
      area: '11a2',
      kind: 'home',
      class: 'listed',
    })
    expect(entered.ok && entered.value.map((one) => one.done)).toEqual([true])
    const [watch] = await store.db.query<{ id: string; person: string }>(`select id, person from r_watch where person = $1`, [into])
    expect(watch?.person).toBe(into)
    const afterwards = await reconcile(store, town, { path: doubles, purpose, lines: new Set([2]) })
    expect(afterwards.ok && afterwards.value.rows?.map((row) => [row.outcome, row.watch])).toEqual([['found', watch?.id]])
    expect(await reconcile(store, auditor, { path, purpose })).toMatchObject({ ok: false, problem: { code: 'not-allowed' } })
    expect(await reconcile(store, town, { path, purpose: '' })).toMatchObject({ ok: false, problem: { path: 'purpose' } })
    const first = await reconcile(store, town, { path, purpose })
    if (!first.ok) throw new Error(first.problem.message.en)
    expect(first.value).toMatchObject({ remembered: false, meanings: ['name', 'document', 'note'], layout: { line: 2 } })
    expect(first.value.rows?.map((row) => [row.line, row.outcome])).toEqual([
      [3, 'found'],
      [4, 'missed'],
      [5, 'wrong'],
      [6, 'notResident'],
      [7, 'missed'],
      [8, 'wrong'],
      [9, 'wrong'],
    ])
    expect(first.value.counts).toEqual({ found: 1, wrong: 3, missed: 2, notResident: 1, past: 0 })
    // Nothing that identifies leaves unmasked, and of somebody else's person there is no id.
    const told = JSON.stringify(first.value)
    for (const secret of ['测试甲', '测试丁', number(1), number(5), far]) expect(told).not.toContain(secret)
    expect(first.value.rows?.[3]?.why.zh).toBe('登记在西县，请转交')

    expect(await reconcile(store, town, { path, purpose, meanings: ['name', 'name', 'note'] })).toMatchObject({ ok: false })
    expect(await reconcile(store, town, { path, purpose, meanings: ['name', 'nothing', 'document'] })).toMatchObject({
      ok: true,
      value: { remembered: true, counts: { wrong: 7 } },
    })
    expect(await reconcile(store, otherTown, { path, purpose })).toMatchObject({
      ok: true,
      value: { meanings: ['name', 'nothing', 'document'] },
    })
    await reconcile(store, town, { path, purpose, meanings: ['name', 'document', 'note'] })

    const decision = { path, purpose, lines: [4, 7, 8], decision: 'enter', area: '11a2', kind: 'home', class: 'listed' } as const
    for (let i = 0; i < 2; i++) {
      const decided = await decideLines(store, town, decision)
      expect(decided.ok && decided.value.map((one) => [one.line, one.done])).toEqual([
        [4, true],
        [7, true],
        [8, false],
      ])
    }
    const after = await reconcile(store, town, { path, purpose })
    expect(after.ok && after.value.counts).toEqual({ found: 3, wrong: 3, missed: 0, notResident: 1, past: 0 })
    expect(await store.db.query(`select area from r_watch where entry = 'list' and person <> $1 order by area`, [into])).toEqual([
      { area: '11a1' },
      { area: '11a1' },
      { area: '11a2' },
    ])
    // What was entered by mistake is undone at the observation; the row is missed again, and entering it anew enters it.
    const ofLine7 = async () => {
      const found = await reconcile(store, town, { path, purpose, lines: new Set([7]) })
      return found.ok ? found.value.rows?.[0] : undefined
    }
    const wrongly = await ofLine7()
    await act(town, 'watch', wrongly?.watch ?? '', 'void', { why: 'mistaken' })
    expect(await ofLine7()).toMatchObject({ outcome: 'missed', decided: { decision: 'enter' } })
    for (let i = 0; i < 2; i++)
      expect(await decideLines(store, town, { ...decision, lines: [7] })).toMatchObject({ ok: true, value: [{ done: true }] })
    const anew = await ofLine7()
    expect(anew).toMatchObject({ outcome: 'found', decided: { decision: 'enter' } })
    expect(anew?.watch).not.toBe(wrongly?.watch)
    // The others: what a decision does, what it leaves behind, and who may see it.
    const decide = async (actor: Actor, lines: readonly number[], how: lists.Decision, more: Record<string, string> = {}) => {
      const done = await decideLines(store, actor, { path, purpose, lines, decision: how, ...more })
      return done.ok ? done.value.map((one) => (one.done ? 'done' : (one.problem?.path ?? one.problem?.code))) : done.problem.code
    }
    const decided = async (actor: Actor, line: number) => {
      const found = await reconcile(store, actor, { path, purpose, lines: new Set([line]) })
      return found.ok ? found.value.rows?.[0]?.decided : undefined
    }
    expect(await decide(town, [3, 4], 'keep', { source: '市推送' })).toEqual(['done', 'done'])
    expect(await decide(town, [3], 'refresh')).toEqual(['invalid'])
    expect(await decide(town, [6], 'keep')).toEqual(['invalid'])
    expect(await decide(town, [6], 'passOn')).toEqual(['area'])
    expect(await decide(town, [6], 'passOn', { area: '11a' })).toEqual(['done'])
    expect(await decide(town, [6], 'passOn', { area: '11a' })).toEqual(['done'])
    // Who registered them is told: a row of their own, with what they need to find the person, and once.
    const passed = await store.db.query<{ id: string; area: string; state: string; person: string }>(
      "select id, area, state, person from r_list_check where area like '12%'",
    )
    expect(passed).toEqual([{ id: expect.any(String), area: '12a1', state: 'open', person: far }])
    const there = await store.as(otherTown).identity.reveal('listCheck', passed[0]?.id ?? '', '核查')
    expect(there.ok && there.value.fields).toMatchObject({ name: '测试丁', document: number(4), decision: 'passOn', dueOn: '2020-02-15' })
    expect(there.ok && String(there.value.fields.source)).toContain('转来')
    expect(await store.as(town).get('listCheck', passed[0]?.id ?? '')).toMatchObject({ ok: false })
    await act(otherTown, 'listCheck', passed[0]?.id ?? '', 'answer', { finding: 'here' }, '12a1')
    expect(await decide(town, [8], 'returned', { area: '12a' })).toEqual(['outside-jurisdiction'])
    // The name of the register is corrected by the list; from then on the row is one of those missed.
    expect(await decide(town, [5, 8], 'rename', { area: '11a' })).toEqual(['done', 'invalid'])
    expect(await reconcile(store, town, { path, purpose, lines: new Set([5]) })).toMatchObject({
      ok: true,
      value: { rows: [{ outcome: 'missed', decided: { decision: 'rename', state: 'done' } }] },
    })
    expect(await decide(town, [5], 'exempt')).toEqual(['input.reason'])
    // The village looks, and its answer stands beside the row; then another decision takes the place of the first.
    expect(await decide(town, [5], 'visit')).toEqual(['done'])
    const asked = await decided(town, 5)
    expect(asked).toMatchObject({ decision: 'visit', state: 'open' })
    const worker: Actor = { id: 'grid', name: 'grid', grants: [{ role: 'grid-worker', path: '1/11/11a/11a2/' }] }
    const seen = await store.as(worker).identity.reveal('listCheck', asked?.check ?? '', '上门核查')
    expect(seen.ok && seen.value.fields).toMatchObject({ name: '别名', document: number(3), dueOn: '2020-02-15' })
    await act(worker, 'listCheck', asked?.check ?? '', 'answer', { finding: 'here' })
    expect(await decided(town, 5)).toMatchObject({ decision: 'visit', state: 'done', finding: 'here' })
    expect(await decide(town, [5], 'exempt', { reason: '已做过检测' })).toEqual(['done'])
    expect(await decided(town, 5)).toMatchObject({ decision: 'exempt', finding: 'here' })
    expect(await decided(otherTown, 5)).toBeUndefined()
    const notes = await store.db.query<{ n: number; named: number }>(
      'select count(*)::int as n, count(sealed)::int as named from r_list_check',
    )
    expect(notes).toEqual([{ n: 7, named: 2 }])
    // Identity that was written down for the visit is gone after its days, the decision stays.
    clock.set('2020-03-16T02:00:00Z')
    await doDailyDuties(store)
    expect(await store.db.query('select line, state, decision, sealed from r_list_check where asked_on is not null order by line')).toEqual(
      [
        { line: 5, state: 'forgotten', decision: 'exempt', sealed: null },
        { line: 6, state: 'forgotten', decision: 'passOn', sealed: null },
      ],
    )
    const looks = await store.db.query<{ rows: number; purpose: string }>(
      `select rows, purpose from looks where what = 'search' and actor = 'town'`,
    )
    expect(looks.length).toBeGreaterThan(3)
    expect(looks).toContainEqual({ rows: 7, purpose })
    expect((await store.rebuild({ check: true })).differences).toEqual([])
  })
})
