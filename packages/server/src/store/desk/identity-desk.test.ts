import { type Actor, type AnyRecord, erase, type Grant, ROLES, type Role, scopeOf, within } from '@guatu/kernel'
import { visitor } from '@guatu/testing'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { lighthouseStore, lighthouseTables } from '../../../../../testing/src/stores/lighthouse-store.ts'
import type { Listed } from '../query/list.ts'

const AREAS = ['1', '11', '12', '11a', '11b', '12a', '11a1', '11a2', '11b1', '12a1']
const VILLAGES = ['11a1', '11a2', '11b1', '12a1']
const NAMES = ['曾试甲', '测试乙', '测试丙']
const VISITORS = 24
const def: AnyRecord = erase(visitor)
const boss: Actor = { id: 'boss', name: 'boss', grants: [{ role: 'town-clerk', path: '1/' }] }
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const nameOf = (i: number) => NAMES[i % NAMES.length] ?? ''
/** What a person may type for a name: whole, by its sound, by its initials. */
const WORDS: Readonly<Record<string, string>> = { 曾试甲: '曾试甲', zengshijia: '曾试甲', zsj: '曾试甲', csb: '测试丙', CeShiYi: '测试乙' }

onBothEngines('a desk and identity', (engine) => {
  it('finds, reveals, names and counts exactly what a plain oracle says, and notes every look first', { timeout: 180_000 }, async () => {
    const { store } = await lighthouseStore(await engine.place(lighthouseTables))
    onTestFinished(() => store.close())
    const pathOf = (area: string) => store.areas.index.currentPath(area) ?? ''
    for (let i = 0; i < VISITORS; i += 1) {
      const arrive = {
        id: uuid(1000 + i),
        record: 'visitor',
        recordId: uuid(i),
        action: 'arrive',
        area: VILLAGES[i % 4] ?? '11a1',
        input: {
          name: nameOf(i),
          document: `P${String(i).padStart(7, '0')}`,
          phone: `1380000${String(i).padStart(4, '0')}`,
          nights: i % 5,
        },
      }
      expect((await store.writer.submit(arrive, boss)).ok).toBe(true)
    }
    const all: Listed[] = []
    for (let i = 0; i < VISITORS; i += 1) {
      const one = await store.as({ ...boss, system: true }).get('visitor', uuid(i))
      if (one.ok) all.push(one.value)
    }
    const grant: fc.Arbitrary<Grant> = fc
      .record({ role: fc.constantFrom(...(Object.keys(ROLES) as Role[])), area: fc.constantFrom(...AREAS) })
      .map(({ role, area }) => ({ role, path: pathOf(area) }))
    const looks = async () => Number((await store.db.query<{ n: number }>('select count(*)::int as n from looks'))[0]?.n)

    await fc.assert(
      fc.asyncProperty(
        fc.array(grant, { maxLength: 2 }),
        fc.nat({ max: VISITORS - 1 }),
        fc.constantFrom(...Object.keys(WORDS)),
        async (grants, n, word) => {
          const desk = store.as({ id: 'someone', name: 'someone', grants })
          const inside = (permit: typeof def.read, row: Listed) =>
            within(scopeOf(permit, { id: 'someone', name: 'someone', grants }), { path: row.path, units: [] })
          const readable = all.filter((row) => inside(def.read, row))
          const shown = all.filter((row) => readable.includes(row) || inside(def.lookUp ?? {}, row))
          const listed = readable.length > 0

          const found = await desk.identity.find('visitor', { word, purpose: '核对' })
          const expected = readable.filter((row) => nameOf(all.indexOf(row)) === WORDS[word]).map((row) => row.id)
          expect(found.ok ? found.value.map((row) => row.id).sort() : []).toEqual(expected.sort())
          if (found.ok) for (const row of found.value) expect(String(row.fields.name)).toMatch(/^.\*$/)

          const row = all[n]
          if (!row) return
          const byNumber = await desk.identity.find('visitor', {
            word: `p ${String(n).padStart(7, '0')}`.replace(' ', ''),
            purpose: '核对',
          })
          expect(byNumber.ok ? byNumber.value.map((one) => one.id) : []).toEqual(shown.includes(row) ? [row.id] : [])
          const byPhone = await desk.identity.find('visitor', { word: `1380000${String(n).padStart(4, '0')}`, purpose: '核对' })
          expect(byPhone.ok ? byPhone.value.map((one) => one.id) : []).toEqual(shown.includes(row) ? [row.id] : [])
          if (!listed)
            for (const answer of [
              await desk.list('visitor'),
              await desk.count('visitor'),
              await desk.groups('visitor', ['state']),
              await desk.get('visitor', row.id),
              await desk.timeline('visitor', row.id),
              await desk.carried('visitor', { limit: 5 }),
              await desk.identity.names('visitor', [row.id]),
              await desk.identity.duplicates('visitor', { since: '2020-01-01T00:00:00Z', limit: 5 }),
            ])
              expect(answer).toMatchObject({ ok: false, problem: { code: 'not-allowed' } })
          const names = await desk.identity.names('visitor', [row.id])
          expect(names.ok ? Object.keys(names.value) : []).toEqual(readable.includes(row) ? [row.id] : [])

          const before = await looks()
          expect((await desk.identity.reveal('visitor', row.id, ' ')).ok).toBe(false)
          expect(await looks()).toBe(before)
          const revealed = await desk.identity.reveal('visitor', row.id, '核对证件')
          expect(revealed.ok).toBe(inside(def.reveal ?? {}, row))
          if (revealed.ok) {
            expect(revealed.value.fields.name).toBe(nameOf(n))
            expect(await looks()).toBe(before + 1)
          }
          const page = await desk.identity.revealedPage('visitor', '上报', { limit: 100 })
          const clear = all.filter((one) => inside(def.reveal ?? {}, one)).map((one) => one.id)
          expect(page.ok ? page.value.rows.map((one) => one.id).sort() : []).toEqual(clear.sort())
        },
      ),
      { numRuns: 60, seed: 53 },
    )
    const [last] = await store.db.query<{ what: string; purpose: string; record: string; actor: string }>(
      `select what, purpose, record, actor from looks where what = 'search' limit 1`,
    )
    expect(last).toEqual({ what: 'search', purpose: '核对', record: 'visitor', actor: 'someone' })
    // Nothing of what was looked for stands in the note of the look.
    const noted = await store.db.query<{ text: string }>(`select string_agg(t::text, ' ') as text from looks t`)
    expect(noted[0]?.text).not.toMatch(/曾试|zsj|P0000/)
  })
})
