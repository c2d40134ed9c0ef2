import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { derivedId } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { papersOfBefore } from '../gates/papers.ts'
import { doStandingDuty } from '../jobs/standing.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'

const MATE = 'E91000777'

onServer('somebody observed at home under an entry that is merged into another', ({ engine }) => {
  /** Two homes with a pass each; the first entry of the person lives in one of them, the second and a housemate in the other. */
  async function twoHomes(otherLives: 'second' | 'unknown' = 'second') {
    const at = await villageClosed(engine, () => ({ trades: ['医疗'] }))
    let minutes = 0
    const now = () => `2020-02-14T03:${String(minutes).padStart(2, '0')}:00.000Z`
    const done = async (as: string, record: string, id: string, action: string, input: object, area?: string) => {
      minutes += 1
      at.clock.set(now())
      expect([record, action, await at.act(as, record, id, action, input, area)]).toEqual([record, action, 'done'])
      return id
    }
    const home = (door: string) => done('grid', 'household', randomUUID(), 'register', { door, kind: 'family' })
    const [first, second] = [await home('101'), at.household]
    const pass = await done('grid', 'pass', randomUUID(), 'issue', { closure: at.closure, kind: 'household', household: first, ...TERM })
    const { code } = (await at.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ code: string }>()
    const person = (household: string | undefined, more: object = {}) =>
      done('grid', 'person', randomUUID(), 'register', { name: '测试合', documentType: 'none', household, ...more })
    const [one, other] = [await person(first), await person(otherLives === 'second' ? second : undefined)]
    await person(second, { documentType: 'passport', documentNumber: MATE })
    const watch = randomUUID()
    const observe = (more: object = {}) =>
      done('grid', 'watch', watch, 'enter', { person: one, kind: 'home', entry: 'list', class: 'listed', ...more })
    /** All of them, or those that the clock looks at after an act. */
    const duties = async (after?: string) => {
      for (let round = 0, acts = 1; acts > 0 && round < 4; round += 1) {
        acts = 0
        for (const duty of registry.domains.flatMap(({ standing }) => standing ?? []))
          if (/^(watch|household)-/.test(duty.name) && (after === undefined || duty.on.includes(after)))
            acts += await doStandingDuty({ ...at.store, clock: at.clock }, duty)
      }
    }
    const merge = async (entry = one, mergedInto = other) => {
      await done('town', 'person', entry, 'merge', { mergedInto })
      await duties()
    }
    const unmerge = async (entry = one, as = 'town') => {
      await done(as, 'person', entry, 'unmerge', { reason: '两人' })
      await duties()
    }
    /** What gates say of both passes and of the housemate, whether gates carry anybody as isolated, and where visits are due. */
    const seen = async () => {
      const look = await at.ask('gate', 'POST', '/api/gate/look', { shown: MATE, direction: 'out' })
      const book = (await at.ask('gate', 'GET', '/api/passes/book')).json<{ full: { isolated: string } }>()
      const visits = await at.store.db.query<{ household: string }>(`select household from r_visit where state = 'due'`)
      return {
        first: await at.verdict('gate', { code, direction: 'out' }),
        second: await at.verdict('gate', { code: at.code.code, direction: 'out' }),
        mate: look.json<{ observed?: object }>().observed !== undefined,
        carried: book.full.isolated !== '',
        visits: visits.map(({ household }) => (household === first ? 'first' : household === second ? 'second' : 'elsewhere')),
      }
    }
    const differences = async () => (await at.store.rebuild({ check: true })).differences
    return { ...at, first, second, one, other, now, done, duties, home, person, observe, merge, unmerge, seen, differences }
  }

  it('isolates the home of the one that stays as long as they are one, and their own again once they are two', async () => {
    const at = await twoHomes()
    await at.observe()
    const before = { first: 'isolated', second: 'valid', mate: false, carried: true, visits: ['first'] }
    expect(await at.seen()).toEqual(before)
    await at.merge()
    // With nobody left in it the first home was never one, and its pass ends with it.
    const merged = { first: 'revoked', second: 'isolated', mate: true, carried: true, visits: ['second'] }
    expect(await at.seen()).toEqual(merged)
    await at.unmerge()
    expect(await at.seen()).toEqual(before)
    await at.merge()
    expect(await at.seen()).toEqual(merged)
    expect(await at.differences()).toEqual([])
  })

  it('lets those out with whom they never lived, and their visit goes along and comes back', async () => {
    const at = await twoHomes()
    await at.person(at.first)
    await at.observe()
    const before = { first: 'isolated', second: 'valid', mate: false, carried: true, visits: ['first'] }
    expect(await at.seen()).toEqual(before)
    await at.merge()
    expect(await at.seen()).toEqual({ first: 'valid', second: 'isolated', mate: true, carried: true, visits: ['second'] })
    await at.unmerge()
    expect(await at.seen()).toEqual(before)
    expect(await at.differences()).toEqual([])
  })

  it('does not open a visit again that somebody cancelled in the words of the rule', async () => {
    const at = await twoHomes()
    await at.observe()
    const [visit] = await at.store.db.query<{ id: string }>('select id from r_visit')
    await at.done('grid', 'visit', visit?.id ?? '', 'cancel', { note: '户内无其他人员' })
    await at.merge()
    await at.unmerge()
    expect((await at.seen()).visits).toEqual(['first'])
    expect(await at.store.db.query('select state from r_visit where id = $1', [visit?.id])).toEqual([{ state: 'cancelled' }])
  })

  it('leaves no visit to those of the other home where its own is not known', async () => {
    const at = await twoHomes()
    const person = await at.person(undefined)
    await at.observe({ person })
    await at.merge(person)
    expect((await at.seen()).visits).toEqual(['second'])
    await at.unmerge(person)
    expect((await at.seen()).visits).toEqual([])
    await at.merge(person)
    expect((await at.seen()).visits).toEqual(['second'])
    expect(await at.differences()).toEqual([])
  })

  it.each(['changeHousehold', 'update'] as const)(
    'goes along when the one that stays gets a home meanwhile, and comes back (%s)',
    async (action) => {
      const at = await twoHomes('unknown')
      await at.person(at.first)
      await at.observe()
      const before = { first: 'isolated', second: 'valid', mate: false, carried: true, visits: ['first'] }
      await at.merge()
      expect(await at.seen()).toEqual(before)
      await at.done('grid', 'person', at.other, action, { household: at.second })
      await at.duties()
      expect(await at.seen()).toEqual({ first: 'valid', second: 'isolated', mate: true, carried: true, visits: ['second'] })
      await at.unmerge()
      expect(await at.seen()).toEqual(before)
      expect(await at.differences()).toEqual([])
    },
  )

  it('goes along also where it becomes known after the merging that the one that stays had moved before it', async () => {
    const at = await twoHomes('unknown')
    await at.person(at.first)
    await at.observe()
    const moved = at.now()
    await at.merge()
    const late = { event: randomUUID(), happenedAt: moved, area: at.village, input: { household: at.second } }
    expect((await at.ask('grid', 'POST', `/api/person/${at.other}/changeHousehold`, late)).statusCode).toBe(200)
    await at.duties('person.changeHousehold')
    expect(await at.seen()).toEqual({ first: 'valid', second: 'isolated', mate: true, carried: true, visits: ['second'] })
    await at.unmerge()
    expect((await at.seen()).first).toBe('isolated')
  })

  it('comes back with all that went along when the one that stays moved to another village meanwhile', async () => {
    const at = await twoHomes()
    const there = at.area('511902106201')
    await at.person(at.first)
    const [works, worksToo, pass] = [await at.person(undefined), await at.person(undefined), randomUUID()]
    await at.done('grid', 'pass', pass, 'issue', { closure: at.closure, kind: 'worker', person: works, trade: '医疗', ...TERM })
    const { number } = (await at.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ number: string }>()
    const declared = { person: at.one, household: at.first, channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省武汉市' }
    await at.done('grid', 'arrival', randomUUID(), 'declare', { ...declared, originCode: '420100' })
    const seen = async () => {
      const open = ['arrival', 'watch', 'visit'].map((kind) => `select area, '${kind}' as kind from r_${kind} where state <> 'needless'`)
      const rows = await at.store.db.query<{ area: string; kind: string }>(open.join(' union all '))
      const stand = rows.map(({ kind, area }) => [kind, area === there ? 'there' : area === at.village ? 'here' : 'elsewhere'])
      return { ...(await at.seen()), stand: Object.fromEntries(stand), works: await at.verdict('gate', { number, direction: 'out' }) }
    }
    const here = { arrival: 'here', watch: 'here', visit: 'here' }
    const before = { first: 'isolated', second: 'valid', mate: false, carried: true, visits: ['first'], stand: here, works: 'valid' }
    expect(await seen()).toEqual(before)
    await at.merge()
    await at.done('town', 'person', works, 'merge', { mergedInto: worksToo })
    for (const id of [at.other, worksToo]) await at.done('county', 'person', id, 'moveArea', {}, there)
    await at.duties()
    const gone = { arrival: 'there', watch: 'there', visit: 'there' }
    expect(await seen()).toMatchObject({ first: 'valid', second: 'valid', stand: gone, works: 'elsewhere' })
    const paper = () => at.store.db.query('select state, result from r_need where pass = $1 order by created_at', [pass])
    expect(await paper()).toEqual([{ state: 'open', result: null }])
    await at.unmerge()
    await at.done('town', 'person', works, 'unmerge', { reason: '两人' })
    expect(await seen()).toEqual(before)
    // Nobody takes back what holds again, until it is stopped again.
    const kept = { state: 'lapsed', result: '通行证已恢复有效，不再收回' }
    expect(await paper()).toEqual([kept])
    await at.done('county', 'person', works, 'moveArea', {}, there)
    expect((await seen()).works).toBe('elsewhere')
    expect(await paper()).toEqual([kept, { state: 'open', result: null }])
    expect(await at.differences()).toEqual([])
  })

  it('ends the task of taking a paper back that an earlier version made without its pass, once that holds again', async () => {
    const at = await twoHomes()
    const there = at.area('511902106201')
    const [works, worksToo, pass] = [await at.person(undefined), await at.person(undefined), randomUUID()]
    await at.done('grid', 'pass', pass, 'issue', { closure: at.closure, kind: 'worker', person: works, trade: '医疗', ...TERM })
    const { number } = (await at.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ number: string }>()
    const before = derivedId(`pass-elsewhere/${pass}`)
    const text = `迁出封控范围，通行证${number}已失效：请收回旧证；现住地在封控范围内的，按当地决定发证。`
    const open = async () => {
      const made = { kind: 'other', text, dueOn: '2020-02-15' }
      await at.done('county', 'need', before, 'open', made, there)
      await at.done('grid', 'need', randomUUID(), 'open', { ...made, text: '送菜' })
    }
    const paper = () => at.store.db.query('select state, result, pass from r_need where id = $1', [before])
    const started = () => papersOfBefore(at.store)()
    await at.done('town', 'person', works, 'merge', { mergedInto: worksToo })
    await at.done('county', 'person', worksToo, 'moveArea', {}, there)
    await open()
    expect([await started(), await paper()]).toEqual([1, [{ state: 'open', result: null, pass }]])
    expect(await started()).toBe(0)
    await at.done('town', 'person', works, 'unmerge', { reason: '两人' })
    expect(await paper()).toEqual([{ state: 'lapsed', result: '通行证已恢复有效，不再收回', pass }])
    expect(await at.differences()).toEqual([])
  })

  it('ends such a task at the first start where its pass holds again by then', async () => {
    const at = await twoHomes()
    const [works, pass] = [await at.person(undefined), randomUUID()]
    await at.done('grid', 'pass', pass, 'issue', { closure: at.closure, kind: 'worker', person: works, trade: '医疗', ...TERM })
    const { number } = (await at.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ number: string }>()
    const before = derivedId(`pass-elsewhere/${pass}`)
    const text = `迁出封控范围，通行证${number}已失效：请收回旧证；现住地在封控范围内的，按当地决定发证。`
    await at.done('grid', 'need', before, 'open', { kind: 'other', text, dueOn: '2020-02-15' })
    expect(await papersOfBefore(at.store)()).toBe(1)
    expect(await at.store.db.query('select state, pass from r_need where id = $1', [before])).toEqual([{ state: 'lapsed', pass }])
    expect(await at.differences()).toEqual([])
  })

  it.each([
    ['unknown', { watch: 'there', visit: 'there' }],
    ['second', { watch: 'here', visit: 'here' }],
  ] as const)(
    'is with the household of the entry when that moved to another village meanwhile, the home of the other being %s',
    async (lives, one) => {
      const at = await twoHomes(lives)
      const there = at.area('511902106201')
      await at.person(at.first)
      await at.observe()
      await at.merge()
      await at.done('county', 'household', at.first, 'moveArea', {}, there)
      await at.duties()
      const stand = async () => {
        const rows = await at.store.db.query<{ area: string; kind: string; household: string }>(
          `select area, household, 'person' as kind from r_person where id = $1 union all select area, household, 'watch' from r_watch
         union all select area, household, 'visit' from r_visit where state = 'due'`,
          [at.one],
        )
        const homes = new Set(rows.map(({ household }) => household))
        return [Object.fromEntries(rows.map(({ kind, area }) => [kind, area === there ? 'there' : 'here'])), homes]
      }
      expect((await stand())[0]).toEqual({ person: 'there', ...one })
      await at.unmerge(at.one, 'county')
      expect(await stand()).toEqual([{ person: 'there', watch: 'there', visit: 'there' }, new Set([at.first])])
      expect(await at.differences()).toEqual([])
    },
  )

  it('is again where the one that stays lives, once that one is apart from a third into which it was merged meanwhile', async () => {
    const at = await twoHomes()
    await at.observe()
    await at.merge()
    const merged = await at.seen()
    expect(merged).toMatchObject({ second: 'isolated', mate: true })
    await at.merge(at.other, await at.person(await at.home('301')))
    expect(await at.seen()).toMatchObject({ second: 'valid', mate: false })
    await at.unmerge(at.other)
    expect(await at.seen()).toEqual(merged)
    expect(await at.differences()).toEqual([])
  })

  describe('and that one into a third', () => {
    /** Entries of which the first is observed, in the village of the order and in the others of the city: where it is, and what is undone. */
    async function three(middle: 'second' | 'unknown', top: 'third' | 'unknown') {
      const at = await twoHomes(middle)
      const [there, far] = [at.area('511902106201'), at.area('511921106201')]
      const third = await at.home('301')
      await at.person(at.first)
      await at.observe()
      const stays = await at.person(top === 'third' ? third : undefined)
      const names = { [at.village]: 'here', [there]: 'there', [far]: 'far', [at.first]: 'first', [at.second]: 'second', [third]: 'third' }
      const stands = async () => {
        const rows = await at.store.db.query<{ area: string; household: string | null }>(
          `select area, household from r_watch union all select area, household from r_visit where state = 'due'`,
        )
        return [...new Set(rows.map(({ area, household }) => `${names[area]} ${household === null ? 'nowhere' : names[household]}`))]
      }
      const undo = async (...entries: string[]) => {
        const out = []
        for (const entry of entries) {
          await at.unmerge(entry, 'duty')
          out.push((await stands()).join())
        }
        expect(await at.differences()).toEqual([])
        return out
      }
      return { ...at, there, far, stays, stands, undo }
    }

    it.each([
      ['unknown', ['there second']],
      ['third', ['here third']],
    ] as const)(
      'is with the household of the middle one when that moved meanwhile, the home of the one that stays being %s',
      async (top, moved) => {
        for (const first of ['middle', 'own'] as const) {
          const at = await three('second', top)
          await at.merge()
          await at.merge(at.other, at.stays)
          await at.done('county', 'household', at.second, 'moveArea', {}, at.there)
          await at.duties()
          expect(await at.stands()).toEqual(moved)
          expect(await at.undo(...(first === 'middle' ? [at.other, at.one] : [at.one, at.other]))).toEqual(
            first === 'middle' ? ['there second', 'here first'] : ['here first', 'here first'],
          )
        }
      },
    )

    it('is again in its own village, and not in that of the middle one, which never was there', async () => {
      const at = await three('unknown', 'unknown')
      const middle = await at.done('county', 'person', randomUUID(), 'register', { name: '测试合', documentType: 'none' }, at.there)
      await at.done('duty', 'person', at.one, 'merge', { mergedInto: middle })
      await at.done('duty', 'person', middle, 'merge', { mergedInto: at.stays })
      await at.done('duty', 'person', at.stays, 'moveArea', {}, at.far)
      await at.duties()
      expect(await at.stands()).toContain('far nowhere')
      expect(await at.undo(middle, at.one)).toEqual(['here first', 'here first'])
    })

    it('is in its own home once the middle one, that has none, is apart from the one that stays', async () => {
      const at = await three('unknown', 'third')
      await at.merge()
      await at.merge(at.other, at.stays)
      expect(await at.stands()).toEqual(['here third'])
      expect(await at.undo(at.other, at.one)).toEqual(['here first', 'here first'])
    })
  })

  it('stays at a place that the observation names, whose home that is not', async () => {
    const at = await twoHomes()
    const third = await at.home('301')
    await at.observe({ household: third })
    const before = await at.seen()
    await at.merge()
    expect(await at.seen()).toEqual({ ...before, first: 'revoked' })
    await at.unmerge()
    expect(await at.seen()).toEqual(before)
  })
})
