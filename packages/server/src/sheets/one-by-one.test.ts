import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registry } from '@guatu/domains'
import { type Actor, derivedId, fixedClock, idCheckCharacter, SYSTEM } from '@guatu/kernel'
import { expect, it, onTestFinished } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { CITY_FACTS } from '../../../../testing/src/stores/lighthouse-store.ts'
import { migrated, tablesOf } from '../../../../testing/src/stores/tables.ts'
import { openStore, type Store } from '../store/store.ts'
import { importSheet } from './import.ts'
import type { RowAnswer } from './report.ts'

const town: Actor = { id: 'town', name: 'town', grants: [{ role: 'town-clerk', path: '1/11/11a/' }] }
const number = (serial: number) => {
  const seventeen = `51990019900101${String(serial).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}
const nameOf = (serial: number) => `测试${'甲乙丙丁戊己庚辛'[serial % 8]}`
const REGISTERED = 300
const OBSERVED = 40

/** The same store with its acts done one after the other, each alone in its batch. */
function oneByOne(store: Store): Store {
  let last: Promise<unknown> = Promise.resolve()
  return {
    ...store,
    writer: {
      ...store.writer,
      submitTogether: (commands, actor) => {
        const done = last.then(() => store.writer.submitTogether(commands, actor))
        last = done
        return done
      },
    },
  }
}

/** Everything that is stored of acts, records and books; what is sealed is another text each time. */
async function stored({ db }: Store) {
  const records = ['arrival', 'watch', 'transfer', 'visit', 'need']
  return {
    events: await db.query(
      `select county, seq, id, record, record_id, action, area, happened_at, recorded_at, day::text, actor, cause,
        case when record = 'person' then null else input end as input from events order by county, seq`,
    ),
    states: await Promise.all(records.map((record) => db.query(`select * from r_${record} order by id`))),
    people: await db.query('select id, county, area, state, version, document_number_exact, name_exact from r_person order by id'),
    books: await db.query('select county, area, measure, day::text, entered, "left" from tallies order by county, area, measure, day'),
  }
}

onBothEngines('the rows of a sheet taken in together', (engine) => {
  it('end as the same acts done one after the other: same events in the same order, same states, books and answers', {
    timeout: 180_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guatu-together-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'arrivals.csv')
    const identityKey = new Uint8Array(32).fill(7)
    const open = async () => {
      const place = await engine.place(migrated(tablesOf(registry)))
      const store = await openStore({
        target: place.target,
        registry,
        identityKey,
        clock: fixedClock('2020-02-14T02:00:00Z'),
        migrations: tablesOf(registry),
      })
      onTestFinished(() => store.close())
      await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
      const act = (name: string, record: string, action: string, input: Record<string, unknown>) =>
        store.writer.submit({ id: derivedId(`${name}/act`), record, recordId: derivedId(name), action, area: '11a1', input }, town)
      for (let i = 0; i < REGISTERED; i += 1)
        expect(
          (await act(`person ${i}`, 'person', 'register', { name: nameOf(i), documentType: 'nationalId', documentNumber: number(i) })).ok,
        ).toBe(true)
      // Some of them are under observation already: by a list, or by an arrival of their own.
      for (let i = 0; i < OBSERVED; i += 1) {
        const person = derivedId(`person ${i}`)
        const done =
          i % 2 === 0
            ? await act(`watch ${i}`, 'watch', 'enter', { person, kind: 'home', entry: 'list', class: 'other', from: '2020-02-10' })
            : await act(`arrival ${i}`, 'arrival', 'declare', { person, channel: 'list', arrivedOn: '2020-02-03', origin: '湖北武汉' })
        expect(done.ok && done.value.event.id).toBe(derivedId(`${i % 2 === 0 ? 'watch' : 'arrival'} ${i}/act`))
      }
      return store
    }
    const [together, apart] = [await open(), await open()]

    const view = together.areas.tree.asOf('2020-02-14')
    const places = ['11a1', '11a2'].map((area) => view.fullName(area))
    const rows = Array.from({ length: 900 }, (_, row) => {
      // A row may repeat an earlier one, be of somebody unknown, once or twice, or be wrong in one of several ways.
      const of = row % 20 === 19 ? row - 7 : row
      const serial = of % 9 === 4 ? REGISTERED + (of % 90) : (of * 7) % REGISTERED
      const name = row % 41 === 40 ? '别名' : nameOf(serial)
      const day = row % 53 === 52 ? '2020-03-01' : `2020-02-${String(2 + (of % 12)).padStart(2, '0')}`
      const fever = row % 37 === 36 ? '38.1' : ''
      return [name, number(serial), day, of % 4 === 0 ? '广东深圳' : '湖北武汉', '名单导入', fever, places[serial % 2]].join(',')
    })
    writeFileSync(path, ['姓名,证件号码,到达日期,来源地,申报方式,体温,区划', ...rows].join('\r\n'))
    const take = async (store: Store) => {
      const answers: RowAnswer[] = []
      const done = await importSheet({ store, actor: town, record: 'arrival', path, onAnswers: (some) => void answers.push(...some) })
      expect(done).toMatchObject({ ok: true, value: { total: rows.length, done: rows.length } })
      return answers
    }
    const answers = await take(together)
    expect(new Set(answers.map(({ result, problem }) => problem?.code ?? result)).size).toBeGreaterThan(4)
    expect(answers).toEqual(await take(oneByOne(apart)))
    expect(await stored(together)).toEqual(await stored(apart))
    expect((await together.rebuild({ check: true })).differences).toEqual([])

    // Once more, and nothing changes.
    const before = await stored(together)
    expect((await take(together)).filter(({ result }) => result === 'accepted')).toEqual([])
    expect(await stored(together)).toEqual(before)
  })
})
