import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, lastAct, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { doTimedDuties } from '../../../../server/src/jobs/timed.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'
import { numberOf, shortNumberOf } from '../pass/number.ts'
import { ORDER_OF_11A1 } from '../testing/small-city-order.ts'

const uuid = () => crypto.randomUUID()
const actor = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const gate = actor('gate', 'gate-officer', '1/')
const worker = actor('worker', 'grid-worker', '1/11/')
const city = actor('city', 'leader', '1/')
const county: Actor = { id: 'county', name: 'county', grants: [{ role: 'county-clerk', path: '1/11/', unit: '11' }] }

const here = { area: '11a1' }

const NO_PASS = ['turnBack', '无有效通行证：劝返']

onServer('what the register knows of a pass with which somebody was let through', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-10T01:00:00Z')
    const done = async (as: Actor, record: string, id: string, action: string, input = {}, more: object = here) =>
      expect([record, action, await at.act(as, record, id, action, input, more)]).toEqual([record, action, 'done'])
    const [closure, home] = [uuid(), uuid()]
    await done(county, 'closure', closure, 'draft', ORDER_OF_11A1)
    await done(county, 'closure', closure, 'submit')
    await done(city, 'closure', closure, 'approve', { decidedBy: '市指挥部', decisionNo: '9号' })
    await done(county, 'closure', closure, 'announce', { announcedWhere: '广播' })
    await done(worker, 'household', home, 'register', { door: '1栋101', kind: 'family' })
    const term = { validFrom: '2020-02-10T01:00:00.000Z', validTo: '2020-02-14T02:00:00.000Z' }
    const issue = (id: string, more = {}, input = {}) =>
      done(worker, 'pass', id, 'issue', { closure, kind: 'household', household: home, ...term, ...input }, { ...here, ...more })
    const line = async (passNumber: string, happenedAt: string, more = {}) => {
      const id = uuid()
      const shown = { gate: 'estate', direction: 'out', mask: true, temperature: 36.4, decision: 'pass', checked: 'valid', passNumber }
      await done(gate, 'crossing', id, 'record', { ...shown, ...more }, { ...here, happenedAt })
      return id
    }
    const says = async (id: string) => {
      const row = await at.row('crossing', id)
      return row?.differs ? [row.ruled, (row.ruled_why as { zh: string }).zh] : 'as ruled'
    }
    const wrong = async () => (await rebuild(at.db, registry, places, { check: true })).differences
    return { ...at, done, issue, line, says, wrong }
  }

  it('marks the line where it was stopped or over at its moment, whatever the gate believed and whichever becomes known first', async () => {
    const at = await setUp()
    const pass = uuid()
    await at.issue(pass)
    const number = numberOf(pass)
    at.on('2020-02-11', '16:00')
    const [before, after] = [await at.line(number, '2020-02-11T03:00:00.000Z'), await at.line(number, '2020-02-11T05:00:00.000Z')]
    expect([await at.says(before), await at.says(after)]).toEqual(['as ruled', 'as ruled'])
    // The town stopped it in between, on a phone that was without a network.
    await at.done(worker, 'pass', pass, 'revoke', { stopReason: '核查' }, { happenedAt: '2020-02-11T03:30:00.000Z' })
    expect([await at.says(before), await at.says(after)]).toEqual(['as ruled', NO_PASS])
    expect(await at.says(await at.line(number, '2020-02-11T07:00:00.000Z'))).toEqual(NO_PASS)
    // Turned back it is as the rule says; the revocation was a slip, and the mark goes with it.
    expect(await at.says(await at.line(number, '2020-02-11T07:10:00.000Z', { decision: 'turnBack' }))).toBe('as ruled')
    const slip = { event: await lastAct(at.db, pass, 'revoke'), reason: '录错', void: true }
    expect(await at.act(worker, 'pass', pass, 'correct', slip)).toBe('done')
    expect([await at.says(before), await at.says(after)]).toEqual(['as ruled', 'as ruled'])
    at.on('2020-02-14', '12:00')
    await doTimedDuties(at.store)
    expect(await at.says(await at.line(number, '2020-02-14T01:59:00.000Z'))).toBe('as ruled')
    expect(await at.says(await at.line(number, '2020-02-14T02:00:00.000Z'))).toEqual(NO_PASS)
    // Whoever comes home lives there, though it ran out while they were out.
    expect(await at.says(await at.line(number, '2020-02-14T02:30:00.000Z', { direction: 'in' }))).toBe('as ruled')
    expect(await at.wrong()).toEqual([])
  })

  it('marks the line of another vehicle than the pass is for, and no more once the plate is corrected', async () => {
    const at = await setUp()
    const pass = uuid()
    await at.issue(pass, {}, { kind: 'vehicle', household: undefined, plate: '示A·12345' })
    at.on('2020-02-11', '16:00')
    const [number, moment] = [numberOf(pass), '2020-02-11T05:00:00.000Z']
    const others = await at.line(number, moment, { plate: '示B99999' })
    const own = await at.line(number, moment, { plate: '示a-12345' })
    const unsaid = await at.line(number, moment)
    const turned = await at.line(number, moment, { plate: '示B99999', decision: 'turnBack' })
    expect([await at.says(others), await at.says(own), await at.says(unsaid), await at.says(turned)]).toEqual([
      ...[NO_PASS, 'as ruled', 'as ruled', 'as ruled'],
    ])
    const plate = async (id: string, said: string) => {
      const input = {
        gate: 'estate',
        direction: 'out',
        mask: true,
        temperature: 36.4,
        decision: 'pass',
        checked: 'valid',
        passNumber: number,
      }
      const event = await lastAct(at.db, id, 'record')
      expect(await at.act(gate, 'crossing', id, 'correct', { event, reason: '车牌录错', input: { ...input, plate: said } })).toBe('done')
    }
    await plate(others, '示A12345')
    await plate(own, '示A12346')
    expect([await at.says(others), await at.says(own)]).toEqual(['as ruled', NO_PASS])
    expect(await at.wrong()).toEqual([])
  })

  it('marks a number that stands on no pass until one is handed in that a phone had issued before', async () => {
    const at = await setUp()
    const pass = uuid()
    at.on('2020-02-11', '16:00')
    const line = await at.line(numberOf(pass), '2020-02-11T05:00:00.000Z')
    expect(await at.says(line)).toEqual(NO_PASS)
    await at.issue(pass, { happenedAt: '2020-02-11T04:00:00.000Z' })
    expect(await at.says(line)).toBe('as ruled')
    expect(await at.says(await at.line(shortNumberOf(pass), '2020-02-11T06:00:00.000Z'))).toBe('as ruled')
    expect(await at.wrong()).toEqual([])
  })
})
