import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registry } from '@guatu/domains'
import { type Actor, fixedClock, idCheckCharacter, SYSTEM } from '@guatu/kernel'
import { expect, it, onTestFinished } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { CITY_FACTS } from '../../../../testing/src/stores/lighthouse-store.ts'
import { migrated, tablesOf } from '../../../../testing/src/stores/tables.ts'
import { openStore } from '../store/store.ts'
import { importSheet } from './import.ts'
import type { RowAnswer } from './report.ts'

const town: Actor = { id: 'town', name: 'town', grants: [{ role: 'town-clerk', path: '1/11/11a/' }] }
const west: Actor = { id: 'west', name: 'west', grants: [{ role: 'town-clerk', path: '1/12/' }] }
const number = (serial: number) => {
  const seventeen = `51990019900101${String(serial).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}

const HEADING = '姓名,证件号码,电话,到达日期,来源地,申报方式,区划'

onServer('a sheet of arrivals that names people by their documents', (engine) => {
  it('finds who is registered, registers who is not, and refuses each row that does not fit with its reason', {
    timeout: 180_000,
  }, async () => {
    const place = await engine.place(migrated(tablesOf(registry)))
    const store = await openStore({
      target: place.target,
      registry,
      clock: fixedClock('2020-02-14T02:00:00Z'),
      migrations: tablesOf(registry),
    })
    const folder = mkdtempSync(join(tmpdir(), 'guatu-arrivals-'))
    onTestFinished(async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    })
    await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
    const register = async (actor: Actor, serial: number, name: string, area: string) => {
      const recordId = crypto.randomUUID()
      const input = { name, documentNumber: number(serial) }
      const done = await store.writer.submit(
        { id: crypto.randomUUID(), record: 'person', recordId, action: 'register', area, input },
        actor,
      )
      if (!done.ok) throw new Error(done.problem.message.en)
      return recordId
    }
    const [known, other, far] = [
      await register(town, 1, '测试甲', '11a1'),
      await register(town, 2, '测试乙', '11a1'),
      await register(west, 3, '测试丙', '12a1'),
    ]
    const merged = await register(town, 4, '测试甲', '11a2')
    const merge = { id: crypto.randomUUID(), record: 'person', recordId: merged, action: 'merge', input: { mergedInto: known } }
    expect((await store.writer.submit(merge, town)).ok).toBe(true)

    const path = join(folder, 'arrivals.csv')
    const row = (name: string, document: string, day: string, area = '东村') =>
      [name, document, '13800000000', day, '湖北武汉', '名单导入', area].join(',')
    const view = store.areas.tree.asOf('2020-02-14')
    const [one, two] = [view.fullName('11a1'), view.fullName('11a2')]
    const rows = [
      row('测试甲', number(1), '2020-02-10', one),
      row('测试丁', number(5), '2020-02-10', two),
      row('测试丁', number(5), '2020-02-10', two),
      row('测试丁', number(5), '2020-02-12', two),
      row('测试庚', number(5), '2020-02-13', two),
      row('别名', number(2), '2020-02-10', one),
      row('测试丙', number(3), '2020-02-10', one),
      row('测试戊', `${number(6).slice(0, 17)}${number(6).endsWith('0') ? '1' : '0'}`, '2020-02-10', one),
      row('测试甲', number(4), '2020-02-12', one),
      row('TEST PERSON', 'E00000001', '2020-02-10', one),
      row('测试己', '', '2020-02-10', one),
      row('测试乙', number(2).toLowerCase(), '2020-03-10', one),
    ]
    writeFileSync(path, [HEADING, ...rows].join('\r\n'))
    const take = async (dryRun = false) => {
      const answers: RowAnswer[] = []
      const done = await importSheet({
        store,
        actor: town,
        record: 'arrival',
        path,
        dryRun,
        onAnswers: (some) => void answers.push(...some),
      })
      if (!done.ok) throw new Error(JSON.stringify(done.problem))
      return answers.map((answer) => [answer.line, answer.problem?.code ?? answer.result])
    }
    const expected = [
      [2, 'accepted'],
      [3, 'accepted'],
      [4, 'row-repeats'],
      [5, 'accepted'],
      [6, 'register-says-otherwise'],
      [7, 'register-says-otherwise'],
      [8, 'registered-elsewhere'],
      [9, 'document-number-wrong'],
      [10, 'accepted'],
      [11, 'accepted'],
      [12, 'accepted'],
      [13, 'arrival-in-future'],
    ]
    expect(await take(true)).toEqual(expected)
    expect(await store.db.query('select count(*)::int as n from r_arrival')).toEqual([{ n: 0 }])
    expect(await take()).toEqual(expected)
    expect(await take()).toEqual(expected.map(([line, result]) => [line, result === 'accepted' ? 'repeated' : result]))
    // The merged entry is the one that stays; nobody was registered twice.
    expect(await store.db.query('select arrived_on::text as day from r_arrival where person = $1 order by 1', [known])).toEqual([
      { day: '2020-02-10' },
      { day: '2020-02-12' },
    ])
    expect(await store.db.query('select count(*)::int as n from r_arrival where person = any($1::uuid[])', [[other, far, merged]])).toEqual(
      [{ n: 0 }],
    )
    expect(await store.db.query(`select document_type, count(*)::int as n from r_person group by 1 order by 1`)).toEqual([
      { document_type: 'nationalId', n: 5 },
      { document_type: 'none', n: 1 },
      { document_type: 'other', n: 1 },
    ])
    expect((await store.rebuild({ check: true })).differences).toEqual([])

    // The same arrival in another file is there already, with the way to it.
    writeFileSync(path, ['姓名,证件号码,到达日期,来源地,申报方式,区划', `测试甲,${number(1)},2020-02-10,武汉,名单导入,${one}`].join('\r\n'))
    expect(await take()).toEqual([[2, 'already-exists']])
    // Who is registered under the number after the register was asked for it is pointed to by whoever is called so, and by nobody else.
    const numbers = [number(7), number(7), number(8), number(8)]
    const names = ['测试辛', '测试壬', '测试癸', '测试癸']
    const days = ['2020-02-10', '2020-02-11', '2020-02-10', '2020-02-12']
    writeFileSync(path, [HEADING, ...numbers.map((document, i) => row(names[i] ?? '', document, days[i] ?? '', one))].join('\r\n'))
    const { submitTogether } = store.writer
    let meanwhile: Promise<string> | undefined
    store.writer.submitTogether = async (...asked) => {
      meanwhile ??= register(town, 7, '测试壬', '11a1').then(() => register(town, 8, '测试癸', '11a1'))
      await meanwhile
      return submitTogether.apply(store.writer, asked)
    }
    expect(await take()).toEqual([
      [2, 'register-says-otherwise'],
      [3, 'register-says-otherwise'],
      [4, 'accepted'],
      [5, 'accepted'],
    ])
    // A sheet of one group tells how far it is while it is written.
    writeFileSync(path, [HEADING, ...Array.from({ length: 1_200 }, () => row('测试己', '', '2020-02-10', one))].join('\r\n'))
    const told: number[] = []
    const onProgress = ({ done }: { readonly done: number }) => void told.push(done)
    expect(await importSheet({ store, actor: town, record: 'arrival', path, onProgress })).toMatchObject({
      ok: true,
      value: { done: 1_200 },
    })
    expect(told).toEqual([0, 500, 1_000, 1_200])
    // A sheet without anybody to point to says which columns it lacks.
    writeFileSync(path, ['到达日期,来源地,申报方式,区划', `2020-02-10,武汉,名单导入,${one}`].join('\r\n'))
    expect(await importSheet({ store, actor: town, record: 'arrival', path })).toMatchObject({
      ok: false,
      problem: { code: 'import-columns', data: { missing: ['姓名'] } },
    })
  })
})
