import { gates, type passes } from '@guatu/domains'
import { type AreaFact, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'
import { phoneKey, seenAtGate } from './testing/phone-key.ts'

const DATED = { date: '2020-02-15', instrument: '区划调整文件' } as const
const DECISION = { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕10号' }
const LONGER = { end: '2020-02-26T10:00:00.000Z', reviewBy: '2020-02-22', ...DECISION }

onServer('an order that stands while a reform takes what it closes', ({ engine }) => {
  const setUp = async (...order: Parameters<typeof villageClosed> extends [unknown, ...infer Rest] ? Rest : never) => {
    const at = await villageClosed(engine, ...order)
    const [worker, town] = [await phoneKey(at, 'grid'), await phoneKey(at, 'town', at.area('511902105'))]
    const shown = [at.code.code, await worker.codeOf(at.pass), await town.codeOf(at.pass)]
    const reform = async (facts: (village: string, other: string) => readonly AreaFact[]) => {
      at.clock.set('2020-02-15T01:00:00Z')
      const done = await at.store.areas.confirm(facts(at.village, at.area('511902106201')), SYSTEM, at.store.writer)
      expect(done).toMatchObject({ ok: true })
      at.clock.set('2020-02-15T02:00:00Z')
    }
    const seen = () => Promise.all(shown.map((code) => seenAtGate(at, code)))
    const orders = async () => (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>().orders
    /** The same order once more, as far as a draft. */
    const draftedAgain = async () => {
      const draft = crypto.randomUUID()
      const { json } = await at.ask('county', 'GET', `/api/closure/${at.closure}`)
      const { fields } = json<{ fields: Record<string, unknown> }>()
      const content = ['title', 'measure', 'basis', 'basisVersion', 'reason', 'scope', 'end', 'reviewBy', 'announcement', 'organ', 'areas']
      const again = { ...Object.fromEntries(content.map((name) => [name, fields[name]])), start: '2020-02-15T10:00:00.000Z' }
      expect(await at.act('county', 'closure', draft, 'draft', again)).toBe('done')
      return draft
    }
    return { ...at, reform, seen, orders, draftedAgain }
  }
  const VALID = [
    ['valid', 'valid'],
    ['valid', 'valid'],
    ['valid', 'valid'],
  ]
  const merged = (village: string, other: string): readonly AreaFact[] => [{ kind: 'merged', ids: [village], into: other, ...DATED }]

  it('goes on in the village into which the closed one was merged, and limits nobody who lived there before', async () => {
    const at = await setUp()
    await at.reform(merged)
    expect(await at.seen()).toEqual(VALID)
    const path = at.store.areas.index.currentPath(at.area('511902106201'))
    expect(await at.orders()).toMatchObject([{ path, areas: [path], partly: [path] }])
    const asked = `/api/areas/in-place?areas=${at.village}&since=2020-02-14`
    expect((await at.ask('county', 'GET', asked)).json()).toEqual({
      day: '2020-02-15',
      places: [{ area: at.area('511902106201'), whole: false }],
      ended: [{ area: at.village, in: [at.area('511902106201')] }],
    })
    expect((await at.ask('county', 'GET', `/api/pass/${at.pass}`)).json()).toMatchObject({ state: 'issued', area: at.area('511902106201') })
    // Whoever of the closed village has no pass yet gets one where they live now.
    const [home, pass] = [crypto.randomUUID(), crypto.randomUUID()]
    const there = at.area('511902106201')
    expect(await at.act('county', 'household', home, 'register', { door: '9', kind: 'family' }, there)).toBe('done')
    expect(await at.act('county', 'pass', pass, 'issue', { closure: at.closure, kind: 'household', household: home, ...TERM }, there)).toBe(
      'done',
    )
    expect(await at.act('head', 'closure', at.closure, 'prolong', LONGER)).toBe('done')
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    expect(at.errors).toEqual([])
  })

  it('ends no pass where one of its villages was merged into a third', async () => {
    const at = await setUp((city) => ({ areas: [city.village, city.area('511902106201')] }), '511902')
    const third = { id: 'third', level: 'village', code: null, name: '三村', parent: at.area('511902105') } as const
    await at.reform((village) => [{ kind: 'created', ...third, date: '2020-02-01', instrument: '示例' }, ...merged(village, 'third')])
    expect(await at.seen()).toEqual(VALID)
    expect((await at.orders()).map(({ partly }) => partly)).toEqual([[at.store.areas.index.currentPath('third')]])
    expect((await at.ask('county', 'GET', `/api/pass/${at.pass}`)).json()).toMatchObject({ state: 'issued', area: 'third' })
  })

  it('closes the whole of a village where all that was merged into it was closed', async () => {
    const at = await setUp((city) => ({ areas: [city.village, city.area('511902106201')] }), '511902')
    await at.reform(merged)
    expect(await at.seen()).toEqual(VALID)
    expect((await at.orders()).map(({ partly }) => partly)).toEqual([undefined])
    expect((await at.ask('county', 'GET', `/api/pass/${at.pass}`)).json()).toMatchObject({ state: 'issued' })
  })

  /** A grid of the closed village, one of another, and a household in each: who gets passes, what they are worth, and what is ruled of couriers there. */
  const withGrids = async () => {
    const at = await setUp(() => ({ couriers: 'none' }))
    const other = at.area('511902106201')
    const grid = (id: string, parent: string): AreaFact => ({
      ...{ kind: 'created', id, parent, level: 'grid', code: null, name: id },
      ...{ date: '2020-02-01', instrument: '示例' },
    })
    const made = await at.store.areas.confirm([grid('own', at.village), grid('not', other)], SYSTEM, at.store.writer)
    expect(made).toMatchObject({ ok: true })
    const passFor = async (area: string) => {
      const [household, pass] = [crypto.randomUUID(), crypto.randomUUID()]
      expect(await at.act('county', 'household', household, 'register', { door: '7', kind: 'family' }, area)).toBe('done')
      const issued = await at.act('county', 'pass', pass, 'issue', { closure: at.closure, kind: 'household', household, ...TERM }, area)
      return issued === 'done' ? (await at.ask('county', 'GET', `/api/pass/${pass}/code`)).json<{ code: string }>().code : String(issued)
    }
    const courierTo = async (area: string) => {
      const line = { ...{ gate: 'estate', direction: 'in', decision: 'pass', temperature: 36.5, mask: true }, courier: true }
      const id = crypto.randomUUID()
      expect(await at.act('gate', 'crossing', id, 'record', line, area)).toBe('done')
      const { fields } = (await at.ask('gate', 'GET', `/api/crossing/${id}`)).json<{ fields: { ruledWhy?: { en: string } } }>()
      const path = at.store.areas.index.currentPath(area) ?? ''
      const now = at.clock.now().toString({ smallestUnit: 'millisecond' })
      const alone = gates.allowedNow(await at.orders(), { path, places: [] }, now).couriers?.how
      return [fields.ruledWhy?.en.includes('not admitted') === true ? 'none' : undefined, alone]
    }
    return { ...at, other, passFor, courierTo }
  }
  const ONE_WORD = { none: ['none', 'none'], nothing: [undefined, undefined] }

  it('goes along with a grid that a reform puts into a village that is open, and closes nobody else there', async () => {
    const at = await withGrids()
    const before = await at.passFor('own')
    await at.reform((_, parent) => [{ kind: 'moved', id: 'own', parent, ...DATED }])
    expect([await at.seen(), await seenAtGate(at, before)]).toEqual([VALID, ['valid', 'valid']])
    expect(await seenAtGate(at, await at.passFor('own'))).toEqual(['valid', 'valid'])
    expect([await at.passFor(at.other), await at.passFor('not')]).toEqual(['order-elsewhere', 'order-elsewhere'])
    for (const area of [at.village, 'own']) expect(await at.courierTo(area)).toEqual(ONE_WORD.none)
    for (const area of [at.other, 'not']) expect(await at.courierTo(area)).toEqual(ONE_WORD.nothing)
    expect(at.errors).toEqual([])
  })

  it('does not close a grid that a reform puts into its village, and closes all else of it as before', async () => {
    const at = await withGrids()
    const before = await at.passFor('own')
    await at.reform((parent) => [{ kind: 'moved', id: 'not', parent, ...DATED }])
    expect([await at.seen(), await seenAtGate(at, before)]).toEqual([VALID, ['valid', 'valid']])
    const asked = `/api/areas/in-place?areas=${at.village}&since=2020-02-14`
    expect((await at.ask('county', 'GET', asked)).json()).toMatchObject({ places: [{ area: at.village, whole: true, without: ['not'] }] })
    expect([await at.passFor('not'), await seenAtGate(at, await at.passFor(at.village))]).toEqual(['order-elsewhere', ['valid', 'valid']])
    for (const area of [at.village, 'own']) expect(await at.courierTo(area)).toEqual(ONE_WORD.none)
    for (const area of ['not', at.other]) expect(await at.courierTo(area)).toEqual(ONE_WORD.nothing)
    expect(at.errors).toEqual([])
  })

  it('stands above both towns where its village came to the other one, and is prolonged there', async () => {
    const at = await setUp(() => ({}), '511902105')
    await at.reform((id) => [{ kind: 'moved', id, parent: at.area('511902106'), ...DATED }])
    expect(await at.seen()).toEqual(VALID)
    expect((await at.ask('county', 'GET', `/api/closure/${at.closure}`)).json()).toMatchObject({ state: 'inForce', area: at.county })
    expect(await at.act('head', 'closure', at.closure, 'prolong', LONGER)).toBe('done')
    expect(at.errors).toEqual([])
  })

  it('is reviewed, prolonged and lifted by whoever took over from the county that ordered it, and none is decided on for one that ended', async () => {
    const at = await setUp()
    const draft = await at.draftedAgain()
    const into = at.area('511921')
    await at.reform(() => [
      ...['511902105', '511902106'].map((code): AreaFact => ({ kind: 'moved', id: at.area(code), parent: into, ...DATED })),
      { kind: 'merged', ids: [at.county], into, ...DATED },
    ])
    const review = { reviewNote: '复核', reviewBy: '2020-02-19' }
    const lifted = { liftedBy: into, liftReason: '疫情解除' }
    for (const who of ['other', 'duty']) expect(await at.act(who, 'closure', at.closure, 'review', review)).toBe('done')
    expect(await at.act('other', 'closure', at.closure, 'prolong', LONGER)).toBe('not-allowed')
    expect(await at.act('head', 'closure', at.closure, 'prolong', LONGER)).toBe('done')
    expect(await at.act('other', 'closure', draft, 'submit', {})).toBe('organ-ended')
    expect(await at.act('other', 'closure', at.closure, 'lift', lifted)).toBe('done')
    expect(at.errors).toEqual([])
  })

  it('is not decided on as it was drafted where the village has ended meanwhile', async () => {
    const at = await setUp()
    const draft = await at.draftedAgain()
    await at.reform(merged)
    expect(await at.act('county', 'closure', draft, 'submit', {})).toBe('scope-ended')
  })
})
