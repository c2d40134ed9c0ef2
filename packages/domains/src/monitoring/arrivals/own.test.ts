import { type Actor, derivedId, fullDayWords } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { at, fromWuhan, staff, townOn, townTables, uuid } from '../testing/town.ts'
import { runs } from '../watch/runs.ts'
import { whatApplies } from './answer.ts'

const { worker, town, county, doctor } = staff
const self: Actor = { id: 'self link', name: '本人', grants: [], self: true }
const HOME = { origin: '四川省成都市', originCode: '510100', arrivedOn: '2020-01-20' }

onServer('a correction from a link of one’s own', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const observed = async (channel: string, by: Actor) => {
    const t = await townOn(database(), '2020-02-06')
    const [id, person] = [uuid(), uuid()]
    expect(await t.act(by, 'arrival', id, 'declare', { ...fromWuhan({ person }), channel })).toBe('done')
    const [watch] = await t.all('watch', `person = '${person}'`)
    expect(watch).toMatchObject({ state: 'watching', fields: { kind: 'home' } })
    const w = watch?.id ?? ''
    const now = async () => {
      const { state, fields } = await t.get('watch', w)
      return { state, kind: fields.kind, until: fields.until }
    }
    const declared = async () => (await t.get('arrival', id)).fields
    const page = async () => {
      const fields = (await declared()) as Parameters<typeof whatApplies>[0]
      return whatApplies(fields, '2020-02-06', await t.get('watch', w))?.zh ?? ''
    }
    /** Whoever confirms has seen the declaration as it stands, or says what they saw. */
    const confirm = async (saw?: Record<string, unknown>) => {
      const seen = saw ? { saw } : { version: (await t.get('arrival', id)).version }
      return t.tell(worker, { record: 'arrival', recordId: id, action: 'confirm', area: '11a1', input: {}, ...seen })
    }
    return { ...t, id, w, now, declared, page, confirm }
  }

  it('is not of what somebody in office wrote down', async () => {
    for (const channel of ['worker', 'gate', 'list']) {
      const t = await observed(channel, worker)
      const before = await t.now()
      expect(await t.act(self, 'arrival', t.id, 'amend', HOME)).toBe('not-own-declaration')
      expect(await t.now()).toEqual(before)
    }
  })

  it('never shortens or loosens their observation, whatever an office writes on it: whoever confirms it does', async () => {
    const t = await observed('self', self)
    const before = await t.now()
    expect(await t.act(self, 'arrival', t.id, 'amend', HOME)).toBe('done')
    expect(await t.now()).toEqual(before)
    for (const input of [{ transportNumber: 'K390' }, { household: uuid() }, HOME]) {
      expect(await t.act(town, 'arrival', t.id, 'amend', input)).toBe('done')
      expect([await t.now(), await t.declared()]).toMatchObject([before, { ...HOME, ...input, heldBack: true }])
    }
    expect(await t.confirm()).toBe('done')
    expect([await t.now(), (await t.declared()).heldBack]).toMatchObject([{ state: 'void' }, undefined])
    expect(await t.differences()).toEqual([])
  })

  it('nor while they are at the clinic', async () => {
    for (const arrivedOn of ['2020-02-05', HOME.arrivedOn]) {
      const t = await observed('self', self)
      const before = await t.now()
      expect(await t.act(worker, 'watch', t.w, 'check', { half: 'morning', temperature: 38.2, how: 'worker' })).toBe('done')
      const transfer = await t.transferOf(t.w)
      for (const step of ['admit', 'suspect']) expect(await t.act(doctor, 'transfer', transfer, step)).toBe('done')
      expect((await t.now()).state).toBe('transferred')
      expect(await t.act(self, 'arrival', t.id, 'amend', { ...HOME, arrivedOn })).toBe('done')
      expect(await t.act(doctor, 'transfer', transfer, 'clear', { findings: '普通感冒' })).toBe('done')
      expect(await t.act(town, 'arrival', t.id, 'amend', { transportNumber: 'K390' })).toBe('done')
      expect([await t.now(), (await t.declared()).heldBack]).toEqual([before, true])
      expect(await t.differences()).toEqual([])
    }
  })

  it('holds what runs until somebody checks it, says so, and is followed by the observation once it is confirmed', async () => {
    for (const [arrivedOn, confirmed] of [
      ['2020-02-05', { state: 'watching', kind: 'self', until: '2020-02-12' }],
      [HOME.arrivedOn, { state: 'void' }],
    ] as const) {
      const t = await observed('self', self)
      const { kind, until } = await t.now()
      expect(kind).toBe('home')
      const first = await t.page()
      expect(await t.act(self, 'arrival', t.id, 'amend', { ...HOME, arrivedOn })).toBe('done')
      expect(first).toContain(`需居家观察至${fullDayWords(String(until)).zh}`)
      expect(await t.page()).toContain(`需居家观察至${fullDayWords(String(until)).zh}`)
      expect(await t.page()).toContain('待工作人员核实')
      expect(await t.act(worker, 'arrival', t.id, 'confirm', {})).toBe('not-looked-at')
      expect(await t.confirm({ origin: '湖北省武汉市', arrivedOn: '2020-02-04', via: null })).toBe('seen-otherwise')
      expect(await t.now()).toMatchObject({ state: 'watching', kind, until })
      expect(await t.confirm(arrivedOn === HOME.arrivedOn ? HOME : undefined)).toBe('done')
      expect(await t.now()).toMatchObject(confirmed)
      expect(await t.page()).not.toContain('居家观察')
      expect(await t.differences()).toEqual([])
    }
  })

  it.each(['confirm', 'amend', 'withdraw'])('does not end, shorten or loosen what rests on something else by now: %s', async (how) => {
    const since: readonly ((t: Awaited<ReturnType<typeof observed>>) => Promise<string>)[] = [
      (t) => t.act(county, 'watch', t.w, 'restart', { class: 'exposed', from: '2020-02-06' }),
      (t) => t.act(town, 'watch', t.w, 'shift', { kind: 'central' }),
      (t) => t.act(worker, 'watch', t.w, 'check', { half: 'morning', temperature: 38.2, how: 'worker' }),
    ]
    for (const happens of since)
      for (const arrivedOn of ['2020-02-05', HOME.arrivedOn]) {
        const t = await observed('self', self)
        expect(await t.act(self, 'arrival', t.id, 'amend', { ...HOME, arrivedOn })).toBe('done')
        expect(await happens(t)).toBe('done')
        const runs = await t.now()
        expect(
          await (how === 'confirm' ? t.confirm() : t.act(worker, 'arrival', t.id, how, how === 'amend' ? { via: '四川省达州市' } : {})),
        ).toBe('done')
        expect(await t.now()).toEqual(runs)
        const { state, fields } = await t.get('arrival', t.id)
        expect([state, fields.reason]).toEqual([
          { confirm: 'confirmed', amend: 'declared', withdraw: 'void' }[how],
          { zh: expect.stringContaining('观察照旧'), en: expect.stringContaining('goes on all the same') },
        ])
        expect(await t.page()).toContain(`${runs.kind === 'central' ? '集中' : '居家'}观察至${fullDayWords(String(runs.until)).zh}`)
        expect(await t.differences()).toEqual([])
      }
  })

  it.each([true, false])(
    'goes on where the fever was read before the end of it and became known after, whatever ids acts have: %s',
    async (first) => {
      for (const how of ['amend', 'withdraw']) {
        const t = await observed('worker', worker)
        let id = uuid()
        // What follows from an act shares its moment.
        while (derivedId(`${id}/${how === 'amend' ? 1 : 0}`) < id !== first) id = uuid()
        const ends = { record: 'arrival', recordId: t.id, action: how, area: '11a1', input: how === 'amend' ? HOME : {} }
        t.on('2020-02-06', '11:00')
        expect(await t.tell(worker, { ...ends, id })).toBe('done')
        expect(await t.now()).toMatchObject({ state: 'void' })
        const read = (temperature: number, time: string) =>
          t.act(worker, 'watch', t.w, 'check', { half: 'morning', temperature, how: 'worker' }, at('2020-02-06', time))
        expect(await read(36.6, '10:00')).toBe('done')
        expect(await t.now()).toMatchObject({ state: 'void' })
        expect(await read(38.2, '10:30')).toBe('done')
        expect(await t.now()).toMatchObject({ state: 'watching', kind: 'home', until: '2020-02-18' })
        expect((await t.declared()).reason).toMatchObject({ zh: expect.stringContaining('观察照旧') })
        expect(await t.differences()).toEqual([])
      }
    },
  )

  it('does not go on for a fever whose transfer the clinic had settled before the end', async () => {
    const t = await observed('worker', worker)
    const read = (time: string) =>
      t.act(worker, 'watch', t.w, 'check', { half: 'morning', temperature: 38.2, how: 'worker' }, at('2020-02-06', time))
    t.on('2020-02-06', '11:00')
    expect(await read('10:30')).toBe('done')
    expect(await t.act(doctor, 'transfer', await t.transferOf(t.w), 'clear', { findings: '普通感冒' })).toBe('done')
    t.on('2020-02-06', '12:00')
    expect(await t.act(worker, 'arrival', t.id, 'amend', HOME)).toBe('done')
    expect(await t.now()).toMatchObject({ state: 'void' })
    expect(await read('10:00')).toBe('done')
    expect(await t.now()).toMatchObject({ state: 'void' })
    expect(await t.differences()).toEqual([])
  })

  it('is answered by the observation as it stands by now', async () => {
    const t = await observed('self', self)
    expect(await t.act(self, 'arrival', t.id, 'amend', { ...HOME, arrivedOn: '2020-02-05' })).toBe('done')
    expect(await t.page()).toContain('居家观察至2020年2月18日')
    expect(await t.act(county, 'watch', t.w, 'restart', { class: 'exposed', from: '2020-02-06' })).toBe('done')
    expect(await t.page()).toContain('居家观察至2020年2月20日')
    expect(await t.act(town, 'watch', t.w, 'void', { why: 'mistaken' })).toBe('done')
    expect(await t.page()).not.toContain('居家观察')
  })

  it('confirmed as it was declared changes nothing that an office decided meanwhile', async () => {
    const t = await observed('self', self)
    const [{ id = '' } = {}] = await t.all('watch', `arrival = '${t.id}'`)
    expect(await t.act(town, 'watch', id, 'shift', { kind: 'self' })).toBe('done')
    expect(await t.act(worker, 'arrival', t.id, 'confirm', {})).toBe('done')
    expect(await t.now()).toMatchObject({ kind: 'self' })
  })
})

it('their page says of the observation that runs, whatever they declared', () => {
  expect(runs({ kind: 'home', until: '2020-02-20' }, '2020-02-14')?.zh).toContain('至2020年2月20日（还有6天）')
  expect(runs({ kind: 'home' }, '2020-02-14')).toBeUndefined()
})
