import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'

const [PLATE, DOCUMENT] = ['川Y12345', 'E12345678']
const LINE = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }

interface Answer {
  readonly repeated?: boolean
  readonly identified?: string
  readonly problem?: { readonly code: string }
}

onServer('a line of a gate', ({ engine }) => {
  async function city() {
    const at = await villageClosed(engine)
    const device = randomUUID()
    expect((await at.ask('gate', 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
    const done = async (as: string, record: string, action: string, input: object, id: string = randomUUID()) => {
      expect([record, action, await at.act(as, record, id, action, input)]).toEqual([record, action, 'done'])
      return id
    }
    const register = (more: object) => done('grid', 'person', 'register', { name: '测试甲', documentType: 'none', ...more })
    const observed = (person: string) => done('grid', 'watch', 'enter', { person, kind: 'home', entry: 'list', class: 'listed' })
    const lineOf = (input: object, beside?: object) => ({
      ...{ record: 'crossing', id: randomUUID(), action: 'record', event: randomUUID(), area: at.village, input: { ...LINE, ...input } },
      ...(beside ? { beside: { ...beside, person: randomUUID(), event: randomUUID() } } : {}),
    })
    const fromPhone = async (...acts: readonly object[]) =>
      (await at.ask('gate', 'POST', '/api/field/acts', { device, acts })).json<{ results: Answer[] }>().results
    const named = async () =>
      at.store.db.query<{ person: string | null; differs: boolean | null }>(
        'select person, differs from r_crossing order by created_at, id',
      )
    return { ...at, done, register, observed, lineOf, fromPhone, named }
  }

  it('is about whoever is kept in and whose vehicle went out, by whichever way it comes: one by one, many in one call, or as a sheet', async () => {
    const at = await city()
    const person = await at.register({ plate: PLATE })
    await at.observed(person)
    at.clock.set('2020-02-14T03:10:00Z')
    const { record, id, action, ...body } = at.lineOf({ plate: PLATE })
    const bulk = async (together: boolean) => {
      const acts = [at.lineOf({ plate: PLATE }), at.lineOf({ plate: '川Y54321' })]
      const answer = await at.ask('gate', 'POST', '/api/events', { acts, together })
      return answer.json<{ results: Answer[] }>().results.map(({ repeated }) => repeated)
    }
    expect((await at.ask('gate', 'POST', `/api/${record}/${id}/${action}`, body)).statusCode).toBeLessThan(300)
    expect([await bulk(false), await bulk(true)]).toEqual([
      [false, false],
      [false, false],
    ])
    const [about, nobody] = [
      { person, differs: true },
      { person: null, differs: null },
    ]
    const lines = [about, about, nobody, about, nobody]
    const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort()
    expect(sorted(await at.named())).toEqual(sorted(lines))

    const head = '卡口类型,方向,查验结果,车牌,体温,佩戴口罩,验证结果,区划\n'
    const sheet = `${head}小区（村组）大门,出,放行,${PLATE},36.5,是,有效,书台村委会\n小区（村组）大门,进,放行,${PLATE},36.5,是,有效,书台村委会\n`
    const taken = async (dryRun: 0 | 1 = 0) =>
      (await at.send('grid', `/api/crossing/import?dryRun=${dryRun}`, 'log.csv', sheet)).json<{ progress: object; examples: object }>()
    expect(await taken(1)).toMatchObject({ progress: { accepted: 2, refused: 0 }, examples: [] })
    expect(await taken()).toMatchObject({ progress: { accepted: 2, refused: 0 } })
    expect(sorted(await at.named())).toEqual(sorted([...lines, about, nobody]))
    // The same sheet again is the same lines, though nobody is kept in any more.
    await at.done('grid', 'person', 'update', { plate: '川Y54322' }, person)
    for (const dryRun of [1, 0] as const) expect(await taken(dryRun)).toMatchObject({ progress: { accepted: 0, repeated: 2, refused: 0 } })
    expect(await at.named()).toHaveLength(lines.length + 2)
    expect(at.errors).toEqual([])
  })

  it('of a sheet that says the pass asks for it together with those of all other lines', async () => {
    const at = await city()
    const person = await at.register({ plate: PLATE })
    await at.observed(person)
    const pass = (plate: string) => at.done('grid', 'pass', 'issue', { kind: 'vehicle', plate, closure: at.closure, ...TERM })
    const ids = [await pass(PLATE), await pass('川Y54321')]
    const rows = await at.store.db.query<{ id: string; number: string }>('select id, number from r_pass')
    const [own, other] = ids.map((id) => rows.find((row) => row.id === id)?.number)
    at.clock.set('2020-02-14T06:10:00Z')
    const read = vi.spyOn(at.store.db, 'read')
    const asked = async (lines: number, hour: number) => {
      read.mockClear()
      const said = Array.from({ length: lines }, (_, i) => {
        const at = `2020-02-14 ${hour}:${String(i).padStart(2, '0')}`
        return `小区（村组）大门,出,放行,${i % 2 === 0 ? own : other},36.5,是,有效,书台村委会,${at}`
      })
      const sheet = `卡口类型,方向,查验结果,通行证号,体温,佩戴口罩,验证结果,区划,发生时间\n${said.join('\n')}\n`
      const answer = await at.send('grid', '/api/crossing/import', 'log.csv', sheet)
      expect(answer.json()).toMatchObject({ progress: { accepted: lines, refused: 0 } })
      return read.mock.calls.filter(([statement]) => statement.includes('r_pass')).length
    }
    const few = await asked(2, 12)
    // Once for their vehicles, and once for what they are judged by.
    expect([few, await asked(40, 13)]).toEqual([2, 2])
    expect((await at.named()).map(({ person }) => person)).toEqual(Array.from({ length: 42 }, (_, i) => (i % 2 === 0 ? person : null)))
    expect(at.errors).toEqual([])
  })

  it('that is sent again stands once and is answered as the first time, whatever the register knows by now', async () => {
    const at = await city()
    const [kept, stays] = [await at.register({ plate: PLATE }), await at.register({})]
    const passport = { documentType: 'passport', documentNumber: DOCUMENT }
    const sent = {
      unnamed: at.lineOf({}, { document: DOCUMENT }),
      created: at.lineOf({}, { document: 'E00000002', name: '测试乙' }),
      plate: at.lineOf({}, { plate: PLATE }),
      doubtful: at.lineOf({}, { document: '8112345678901234' }),
      driver: at.lineOf({ plate: PLATE }),
    }
    const doubtful = await at.register({ documentType: 'other', documentNumber: '8112345678901234' })
    const answers = async () =>
      (await at.fromPhone(...Object.values(sent))).map(({ repeated, identified, problem }) => [problem?.code ?? repeated, identified])
    const said = [['unnamed'], ['created'], ['linked'], ['linked'], []]
    expect(await answers()).toEqual(said.map(([how]) => [false, how]))
    const before = await at.named()

    await at.register(passport)
    at.clock.set('2020-02-14T03:10:00Z')
    for (const person of [kept, sent.created.beside?.person ?? ''])
      await at.done('county', 'person', 'merge', { mergedInto: stays }, person)
    await at.done('county', 'person', 'update', { documentNumber: '8112345678901235' }, doubtful)
    await at.observed(stays)
    at.clock.set('2020-02-14T03:20:00Z')
    expect(await answers()).toEqual(said.map(([how]) => [true, how]))
    expect(await at.named()).toEqual(before)
    expect(at.errors).toEqual([])
  })
})
