import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { villageClosed } from './testing/closed-village.ts'

const [SICK, MATE, PLATE] = ['E91000777', 'E91000888', '川Y12345']
const LINE = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }

onServer('somebody whom the clinic has', ({ engine }) => {
  /** Two of one home that has a pass; who of them, and whether the pass, is let out: online, without a network, by the line that is written, and as the desk is told. */
  async function home() {
    const at = await villageClosed(engine)
    const register = async (documentNumber: string, more = {}) => {
      const id = crypto.randomUUID()
      const input = { name: '测试甲', documentType: 'passport', documentNumber, household: at.household, ...more }
      expect(await at.act('grid', 'person', id, 'register', input)).toBe('done')
      return id
    }
    const [sick, mate] = [await register(SICK, { plate: PLATE }), await register(MATE)]
    const later = (minutes: number) => at.clock.set(at.clock.now().add({ minutes }).toString())
    const done = async (as: string, record: string, id: string, action: string, input = {}) => {
      later(2)
      expect([action, await at.act(as, record, id, action, input)]).toEqual([action, 'done'])
    }
    const observed = async () => {
      const watch = crypto.randomUUID()
      await done('grid', 'watch', watch, 'enter', { person: sick, household: at.household, kind: 'home', entry: 'list', class: 'listed' })
      return watch
    }
    const transferOf = async (person: string) => {
      const [found] = await at.store.db.query<{ id: string }>('select id from r_transfer where person = $1', [person])
      return found?.id ?? ''
    }
    const online = async (shown: string) =>
      (await at.ask('gate', 'POST', '/api/gate/look', { shown, direction: 'out' })).json<{ observed?: object }>().observed !== undefined
    const marked = async (person: string) => {
      const id = crypto.randomUUID()
      expect(await at.act('gate', 'crossing', id, 'record', { ...LINE, person })).toBe('done')
      return (await at.ask('duty', 'GET', `/api/crossing/${id}`)).json<{ fields: { ruled?: string } }>().fields.ruled === 'turnBack'
    }
    /** Whether each of them is kept in: as often as they are asked, the answers agree. */
    const keptIn = async () => {
      later(2)
      const book = await at.carried()
      const offline = async (shown: string) => {
        const found = await book(shown)
        return 'observed' in found && found.observed !== undefined
      }
      const agreed = async (answers: readonly Promise<boolean>[]) => {
        const all = [...new Set(await Promise.all(answers))]
        return all.length === 1 ? all[0] : 'not agreed'
      }
      const pass = await book(at.code.code)
      return {
        sick: await agreed([online(SICK), online(PLATE), offline(SICK), offline(PLATE), marked(sick)]),
        mate: await agreed([online(MATE), offline(MATE), marked(mate)]),
        pass: [
          await at.verdict('gate', { code: at.code.code, direction: 'out' }),
          'verdict' in pass && pass.verdict?.code,
          (await at.ask('grid', 'GET', `/api/pass/${at.pass}/code`)).json<{ verdict: { code: string } }>().verdict.code,
        ],
      }
    }
    return { ...at, sick, mate, done, observed, transferOf, keptIn }
  }
  const KEPT = { sick: true, mate: true, pass: Array(3).fill('isolated') }
  const FREE = { sick: false, mate: false, pass: Array(3).fill('valid') }

  it('is not let out, nor is their home, from the fever to the clinic’s answer, and after a confirmation until the family is entered', async () => {
    const at = await home()
    // Lines that were passed would use up the outings of the pass.
    expect(await at.keptIn()).toEqual(FREE)
    const watch = await at.observed()
    expect(await at.keptIn()).toEqual(KEPT)
    await at.done('grid', 'watch', watch, 'check', { half: 'morning', temperature: 38.5, how: 'worker' })
    const transfer = await at.transferOf(at.sick)
    for (const found of ['suspect', 'confirm']) {
      await at.done('doctor', 'transfer', transfer, found)
      expect([found, await at.keptIn()]).toEqual([found, KEPT])
    }
    // Whoever lived with them is observed elsewhere: nobody at home is kept in for it any more.
    const contact = {
      person: at.mate,
      household: at.household,
      kind: 'central',
      entry: 'contact',
      class: 'contact',
      lastContact: '2020-02-14',
    }
    await at.done('town', 'watch', crypto.randomUUID(), 'enter', contact)
    expect(await at.keptIn()).toEqual({ sick: true, mate: true, pass: Array(3).fill('valid') })
    // The clinic judges anew, and it was nothing: the observation of before goes on at home.
    await at.done('doctor', 'transfer', transfer, 'reconsider', { reason: '复核' })
    await at.done('doctor', 'transfer', transfer, 'clear')
    expect(await at.keptIn()).toEqual(KEPT)
    expect(at.errors).toEqual([])
  })

  it('is not let out whom nobody observed before, and the home is kept in once something was found', async () => {
    const at = await home()
    const transfer = crypto.randomUUID()
    await at.done('grid', 'transfer', transfer, 'open', { person: at.sick, reason: 'signs' })
    expect(await at.keptIn()).toEqual(FREE)
    await at.done('grid', 'transfer', transfer, 'send', { vehicle: '救护车', clinic: '发热门诊' })
    expect(await at.keptIn()).toEqual(FREE)
    await at.done('doctor', 'transfer', transfer, 'suspect')
    expect(await at.keptIn()).toEqual(KEPT)
    await at.done('doctor', 'transfer', transfer, 'clear')
    expect(await at.keptIn()).toEqual(FREE)
    expect(at.errors).toEqual([])
  })

  it('is not let out either where only the observation says that they are confirmed', async () => {
    const at = await home()
    const watch = await at.observed()
    await at.done('doctor', 'watch', watch, 'confirm')
    expect(await at.keptIn()).toEqual(KEPT)
    // Nor, whoever shows their document, once they died of it; and the family is kept in as before.
    await at.done('doctor', 'watch', watch, 'die')
    expect(await at.keptIn()).toEqual(KEPT)
    expect(at.errors).toEqual([])
  })

  it('is let out after so many days, where nobody said when they came home or entered the family', async () => {
    const at = await home()
    const transfer = crypto.randomUUID()
    await at.done('grid', 'transfer', transfer, 'open', { person: at.sick, reason: 'positive' })
    await at.done('doctor', 'transfer', transfer, 'confirm')
    const seen = async (day: string) => {
      at.clock.set(`${day}T02:00:00Z`)
      const { sick, mate } = await at.keptIn()
      return { sick, mate }
    }
    expect(await seen('2020-02-27')).toEqual({ sick: true, mate: true })
    expect(await seen('2020-02-28')).toEqual({ sick: true, mate: false })
    expect(await seen('2020-03-26')).toEqual({ sick: true, mate: false })
    expect(await seen('2020-03-27')).toEqual({ sick: false, mate: false })
    expect(at.errors).toEqual([])
  })

  it('is observed after the clinic by what is entered then, and goes out once that has ended', async () => {
    const at = await home()
    const [transfer, watch] = [crypto.randomUUID(), crypto.randomUUID()]
    await at.done('grid', 'transfer', transfer, 'open', { person: at.sick, reason: 'positive' })
    await at.done('doctor', 'transfer', transfer, 'confirm')
    at.clock.set('2020-02-29T02:00:00Z')
    await at.done('grid', 'watch', watch, 'enter', { person: at.sick, kind: 'home', entry: 'recovered', class: 'recovered' })
    expect(await at.keptIn()).toMatchObject({ sick: true, mate: true })
    at.clock.set('2020-03-14T02:00:00Z')
    await at.done('grid', 'watch', watch, 'check', { half: 'morning', temperature: 36.5, how: 'worker' })
    await at.done('grid', 'watch', watch, 'release', { signed: true })
    expect(await at.keptIn()).toMatchObject({ sick: false, mate: false })
    expect(at.errors).toEqual([])
  })
})
