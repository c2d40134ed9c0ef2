import { webcrypto } from 'node:crypto'
import { idCheckCharacter } from '@guatu/kernel'
import { expect, it } from 'vitest'
import type { GateBook, Home, ListedPass } from '../pass/check.ts'
import { numberOf, shortNumberOf } from '../pass/number.ts'
import { packBoth, packNumbers } from '../pass/packed.ts'
import { type Carried, type CarriedPass, type Exit, homeOf, lookCarried, questionOf } from './look.ts'
import { tokenOf } from './shown.ts'

const ORDER = '11111111-0000-4000-8000-000000000000'
const PASS = '22222222-0000-4000-8000-000000000000'
const STOPPED = numberOf('33333333-0000-4000-8000-000000000000')
const ISOLATED = '44444444-0000-4000-8000-000000000000'
const NOW = '2020-02-14T04:00:00.000Z'

const hash = async (text: string) => new Uint8Array(await webcrypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
const documentOf = (n: number) => {
  const seventeen = `519900199001${String(n).padStart(2, '0')}001`
  return seventeen + idCheckCharacter(seventeen)
}
const passOf = (id: string, state: ListedPass['state'] = 'issued') => ({
  id,
  number: numberOf(id),
  kind: 'household' as const,
  order: shortNumberOf(ORDER),
  from: '2020-02-13T00:00:00.000Z',
  to: '2020-02-20T00:00:00.000Z',
  state,
})

async function gate(change: Partial<Carried> = {}): Promise<Carried> {
  const book: GateBook = {
    asOf: NOW,
    zone: 'Asia/Shanghai',
    keys: [],
    orders: [
      {
        number: shortNumberOf(ORDER),
        path: '1/',
        start: '2020-02-10T00:00:00.000Z',
        end: '2020-02-24T00:00:00.000Z',
        outings: 1,
        outingDays: 2,
      },
    ],
    stopped: '',
    isolated: '',
    full: { stopped: packBoth([STOPPED]).full, isolated: packBoth([numberOf(ISOLATED)]).full, elsewhere: '' },
    observed: packNumbers([await tokenOf(hash, 'document', documentOf(1))]),
    vehicles: [
      {
        token: await tokenOf(hash, 'plate', '川Y00000'),
        pass: numberOf(PASS),
        order: shortNumberOf(ORDER),
        from: '2020-02-13T00:00:00.000Z',
        to: '2020-02-20T00:00:00.000Z',
      },
    ],
  }
  const passes = [passOf(PASS), passOf(ISOLATED)]
  return {
    book,
    hash,
    verify: async () => false,
    exits: [],
    now: NOW,
    passesOf: (number) => passes.filter((one) => one.number === number),
    personOf: async () => undefined,
    ...change,
  }
}
const look = async (shown: string, carried: Carried) => {
  const found = await lookCarried(shown, 'out', carried)
  return 'problem' in found ? found.problem.en : (found.verdict?.code ?? (found.observed ? 'observed' : 'unknown'))
}

it('finds a pass by its number in the register at hand, and one that was stopped in the book alone', async () => {
  const here = await gate()
  expect(await look(numberOf(PASS), here)).toBe('valid')
  expect(await look(numberOf(PASS).toLowerCase().replaceAll('-', ''), here)).toBe('valid')
  expect(await look(numberOf(ISOLATED), here)).toBe('isolated')
  expect(await look(STOPPED, here)).toBe('revoked')
  expect(await look('ZZZZ-ZZZZ', here)).toMatch(/No pass of this area.*no document is registered/)
  expect(await look(numberOf(PASS), { ...here, exits: [[numberOf(PASS), '2020-02-14T01:00:00.000Z']] })).toBe('spent')
  expect(await look(numberOf(PASS), { ...here, passesOf: () => [passOf(PASS, 'suspended')] })).toBe('suspended')
})

it('means the pass that serves now by a document and by a plate, not the one that was renewed ahead', async () => {
  const here = await gate()
  const ahead = { from: '2020-02-20T00:00:00.000Z', to: '2020-02-24T00:00:00.000Z' }
  const [vehicle] = here.book?.vehicles ?? []
  if (!here.book || !vehicle) throw new Error('the book has a vehicle')
  const [next, later] = [
    { ...vehicle, ...ahead, pass: STOPPED },
    { ...vehicle, ...ahead, from: '2020-02-21T00:00:00.000Z' },
  ]
  const person = { id: 'p', name: '测*', area: 'v', household: true }
  const by = async (shown: string, passes: readonly CarriedPass[], vehicles = [next, vehicle]) => {
    const found = await lookCarried(shown, 'out', {
      ...here,
      book: here.book && { ...here.book, vehicles },
      personOf: async () => ({ person, passes }),
    })
    return 'problem' in found ? found.problem : [found.number, found.verdict?.code]
  }
  const renewed = { ...passOf(ISOLATED), ...ahead }
  expect(await by(documentOf(2), [renewed, passOf(PASS)])).toEqual([numberOf(PASS), 'valid'])
  expect(await by(documentOf(2), [renewed, passOf(PASS, 'suspended')])).toEqual([numberOf(ISOLATED), 'isolated'])
  expect(await by(documentOf(2), [passOf(ISOLATED), passOf(PASS)])).toEqual([numberOf(PASS), 'valid'])
  expect(await by('川Y00000', [])).toEqual([numberOf(PASS), 'valid'])
  expect(await by('川Y00000', [], [later, next])).toEqual([STOPPED, 'revoked'])
})

it('chooses no pass where a short number stands on several: one that is stopped decides, and the least that is left', async () => {
  const here = await gate()
  const [one, other] = ['22222222-2200-7000-8000-000000000001', '22222222-2200-7000-8000-000000000002']
  const number = shortNumberOf(one)
  expect(shortNumberOf(other)).toBe(number)
  const shared = (state: ListedPass['state'] = 'issued') => [
    { ...passOf(one), number, household: 'h1' },
    { ...passOf(other, state), number, household: 'h2' },
  ]
  const carried = (more: Partial<Carried> = {}) => ({ ...here, passesOf: () => shared(), ...more })
  const found = await lookCarried(number, 'out', carried())
  expect(found).toMatchObject({ number, verdict: { code: 'valid', why: { zh: expect.stringContaining('2张通行证共用') } } })
  expect(found).not.toHaveProperty('pass')
  expect(await look(number, carried({ passesOf: () => shared('suspended') }))).toBe('suspended')
  expect(await look(number, carried({ exits: [['AAAA-AAAA', '2020-02-14T01:00:00.000Z', 'h2']] }))).toBe('spent')
  const book = here.book && { ...here.book, stopped: packNumbers([number]) }
  expect(await look(number, carried({ book }))).toBe('revoked')
})

it('counts the outings of a household on whichever of its papers and under whichever order, and those of nobody else', async () => {
  const here = await gate()
  const mine = { ...passOf(PASS), household: 'h1' }
  const lost = homeOf({ ...passOf(ISOLATED), household: 'h1' })
  const out = async (exits: readonly Exit[], pass = mine) => look(numberOf(PASS), { ...here, exits, passesOf: () => [pass] })
  const at = '2020-02-14T01:00:00.000Z'
  expect(await out([['AAAA-AAAA', at, lost ?? '']])).toBe('spent')
  expect(await out([['AAAA-AAAA', at, homeOf({ ...mine, household: 'h2' }) ?? '']])).toBe('valid')
  // As an earlier version wrote it, with the order behind.
  expect(await out([['AAAA-AAAA', at, 'h1 BBBB-BBBB']])).toBe('spent')
  expect(await out([['AAAA-AAAA', at]])).toBe('valid')
  expect(
    await look(documentOf(2), {
      ...here,
      exits: [['AAAA-AAAA', at, lost ?? '']],
      personOf: async () => ({ person: { id: 'p', name: '测*', area: 'v', household: true }, passes: [mine] }),
    }),
  ).toBe('spent')
})

it('refuses a pass whose order does not close the home that the phone knows, and says nothing against one it does not know', async () => {
  const here = await gate()
  const [order] = here.book?.orders ?? []
  if (!here.book || !order) throw new Error('the book has an order')
  const book = { ...here.book, orders: [{ ...order, areas: ['1/11/11a/11a1/'], sites: ['estate'] }] }
  const at = (path: string, places: readonly string[], known = true) =>
    look(numberOf(PASS), {
      ...here,
      book,
      passesOf: () => [{ ...passOf(PASS), home: { path, places, orders: [], ...(known ? { registered: true as const } : {}) } }],
    })
  expect(await at('1/11/11a/11a1/', [])).toBe('valid')
  expect(await at('1/11/11a/11a2/', [])).toBe('elsewhere')
  expect(await at('1/11/11a/11a2/', ['building', 'estate'])).toBe('valid')
  expect(await at('1/11/11a/11a2/', [], false)).toBe('valid')
  const both = packBoth([STOPPED]).full
  const moved = { ...here.book, full: { stopped: both, isolated: '', elsewhere: both } }
  expect(await look(STOPPED, { ...here, book: moved })).toBe('elsewhere')
})

it('lets the strictest order that covers the home rule, as far as the phone knows where that is', async () => {
  const here = await gate()
  const [town] = here.book?.orders ?? []
  if (!here.book || !town) throw new Error('the book has an order')
  const building = { ...town, number: 'BBBB-BBBB', outingDays: 4 }
  const three = '2020-02-11T01:00:00.000Z'
  const out = async (covering: object, home: Home | undefined, exits: readonly Exit[] = [['AAAA-AAAA', three, 'h1']]) => {
    const pass = { ...passOf(PASS), household: 'h1', ...(home ? { home } : {}) }
    const book = here.book && { ...here.book, orders: [town, { ...building, ...covering }] }
    return look(numberOf(PASS), { ...here, book, exits, passesOf: () => [pass] })
  }
  const home = { path: '1/2/3/', places: ['building', 'estate'], orders: [shortNumberOf(ORDER)] }
  expect(await out({ areas: ['1/2/3/'] }, home)).toBe('spent')
  expect(await out({ areas: ['1/2/'] }, home)).toBe('spent')
  expect(await out({ sites: ['estate'] }, home)).toBe('spent')
  expect(await out({}, { ...home, orders: ['BBBB-BBBB'] })).toBe('spent')
  // Another place, a home that nobody knows, a book that an earlier version kept, an outing of others.
  for (const elsewhere of [{ areas: ['1/2/4/'] }, { sites: ['other'] }, {}]) expect(await out(elsewhere, home)).toBe('valid')
  expect(await out({ areas: ['1/2/3/'] }, undefined)).toBe('valid')
  expect(await out({ areas: ['1/2/3/'] }, home, [['AAAA-AAAA', three, 'h2']])).toBe('valid')
})

it('knows plates and documents by the book, and people by the register of the phone', async () => {
  const here = await gate()
  expect(await look('川y·00000', here)).toBe('valid')
  expect(await look('川Y11111', here)).toBe('unknown')
  const observed = packNumbers([await tokenOf(hash, 'plate', '川Y00000')])
  const kept = {
    ...here,
    book: here.book && {
      ...here.book,
      observed,
      isolated: packNumbers([]),
      full: { stopped: '', elsewhere: '', isolated: packBoth([numberOf(PASS)]).full },
    },
  }
  expect(await lookCarried('川Y00000', 'out', kept)).toMatchObject({ plate: '川Y00000', observed: {}, verdict: { code: 'isolated' } })
  expect(await look(documentOf(1), here)).toBe('observed')
  expect(await look(documentOf(2), here)).toBe('unknown')
  const person = { id: 'p', name: '测*', area: 'village', household: true }
  const known = await lookCarried(documentOf(2), 'out', { ...here, personOf: async () => ({ person, passes: [passOf(PASS)] }) })
  expect(known).toMatchObject({ person, number: numberOf(PASS), verdict: { code: 'valid' }, offline: true })
})

it('takes a number that stands on a pass and on a document for neither, and one of a document alone for that', async () => {
  const here = await gate()
  const short = shortNumberOf(PASS)
  const typed = short.replaceAll('-', '')
  const person = { id: 'p', name: '测*', area: 'village', household: true }
  const passesOf = (number: string) => (number === short ? [{ ...passOf(PASS), number: short }] : [])
  const known = { ...here, personOf: async (document: string) => (document === typed ? { person, observed: {} } : undefined) }
  expect(await look(typed, { ...here, passesOf })).toBe('valid')
  expect(await look(typed, { ...known, passesOf })).toMatch(/number of a pass and that of a document/)
  expect(await look(`通行证${typed}`, { ...known, passesOf })).toBe('valid')
  for (const said of [typed, `证件 ${typed}`])
    expect(await lookCarried(said, 'out', known)).toMatchObject({ shown: 'document', document: typed, person, observed: {} })
  // The book alone knows who is observed.
  const observed = packNumbers([await tokenOf(hash, 'document', '12345678')])
  expect(await look('12345678', { ...here, book: here.book && { ...here.book, observed } })).toBe('observed')
  // What may be an identity number with a slip is a document where somebody is known by it.
  const doubtful = '8112345678901234'
  const observedBy = packNumbers([await tokenOf(hash, 'document', doubtful)])
  expect(await look(doubtful, { ...here, book: here.book && { ...here.book, observed: observedBy } })).toBe('observed')
  expect(await look(doubtful, here)).toMatch(/Not recognised/)
  expect(questionOf(typed, 'out')?.read({ by: 'document', person })).toMatchObject({ shown: 'document', document: typed, person })
})

it('says what to do where nothing was fetched yet, and where nothing can be read', async () => {
  const here = await gate()
  expect(await look(numberOf(PASS), { ...here, book: undefined })).toMatch(/sync once/)
  expect(await look(documentOf(1), { ...here, hash: undefined })).toMatch(/sync once/)
  expect(await look('hello', here)).toMatch(/Not recognised/)
  expect(questionOf('hello', 'in')).toBeUndefined()
  expect(questionOf(documentOf(1), 'in')).toMatchObject({ path: '/api/gate/look', body: { shown: documentOf(1), direction: 'in' } })
  expect(questionOf('7K3M-Q0ZD', 'in')?.read({ verdict: { code: 'valid' }, pass: { id: 'x', number: '7K3M-Q0ZD' } })).toMatchObject({
    number: '7K3M-Q0ZD',
    pass: { id: 'x' },
    offline: false,
  })
})
