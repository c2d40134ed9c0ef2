import { createPublicKey, generateKeyPairSync, sign as signWith, verify as verifyWith } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase45, toBase45 } from './base45.ts'
import { besides, checkPass, checkTicket, type GateBook, type KnownPass } from './check.ts'
import { FULL_BYTES, idsOfShort, numberOf, readNumber, shortNumberOf } from './number.ts'
import { openNumbers, packBoth } from './packed.ts'
import { KINDS, readTicket, type Sign, signTicket, type Ticket, type Verify } from './ticket.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('base 45', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('writes the examples of RFC 9285: %s', (text, written) => {
    expect(toBase45(utf8(text))).toBe(written)
    expect(fromBase45(written)).toEqual(utf8(text))
  })
  it('reads back any bytes, and refuses what it cannot have written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(bytes)
      }),
    )
    for (const wrong of ['GGW', 'A', '::', 'ab', ':::']) expect(fromBase45(wrong)).toBeUndefined()
  })
})

describe('numbers of passes', () => {
  it('follow from the id and survive the way people type them', () => {
    const id = '00ff13a7-9c00-4000-8000-000000000000'
    const number = numberOf(id)
    expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    expect(readNumber(number.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(number)
    expect(readNumber('7K3M-Q0Z')).toBeUndefined()
    expect(readNumber('7K3M-Q0ZU')).toBeUndefined()
    expect(readNumber('7k3mqozd')).toBe('7K3M-Q0ZD')
  })
  it('differ where ids were made in one moment, and among a hundred thousand', () => {
    // As a clock makes them: the same 48 bits for all of a millisecond, the first 40 of them for a quarter of a second.
    const timed = Array.from({ length: 256 }, (_, i) => `018f3c5a-7b${i.toString(16).padStart(2, '0')}-7000-8000-000000000001`)
    const same = Array.from({ length: 100_000 }, (_, i) => `018f3c5a-7b2d-7000-8000-${i.toString(16).padStart(12, '0')}`)
    for (const ids of [timed, same]) {
      expect(new Set(ids.map(shortNumberOf)).size).toBe(1)
      expect(new Set(ids.map(numberOf)).size).toBe(ids.length)
    }
  })
  it('that were short are the beginning of an id, and lead back to all that begin so', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const [first, last] = idsOfShort(shortNumberOf(id))
        expect(first <= id && id <= last).toBe(true)
        expect([shortNumberOf(first), shortNumberOf(last)]).toEqual([shortNumberOf(id), shortNumberOf(id)])
      }),
    )
  })
  it('are packed sorted and found again, and no others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 60 }), fc.array(fc.uuid(), { maxLength: 20 }), (stopped, others) => {
        const packed = packBoth(stopped.flatMap((id) => [numberOf(id), shortNumberOf(id)]))
        for (const [name, has] of [
          [numberOf, openNumbers(packed.full, FULL_BYTES)],
          [shortNumberOf, openNumbers(packed.short)],
        ] as const) {
          for (const id of stopped) expect(has(name(id))).toBe(true)
          const numbers = new Set(stopped.map(name))
          for (const id of others) expect(has(name(id))).toBe(numbers.has(name(id)))
        }
      }),
    )
  })
})

const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    sign: (async (message) => signWith(null, message, privateKey)) satisfies Sign,
    publicKey: String(publicKey.export({ format: 'jwk' }).x),
  }
}
const verify: Verify = async (publicKey, message, signature) =>
  verifyWith(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' }), signature)

const PASS = '5a3b7c00-0000-4000-8000-000000000001'
const ORDER = '77aa0100-0000-4000-8000-000000000002'
const ticket: Ticket = {
  kind: 'household',
  pass: numberOf(PASS),
  order: shortNumberOf(ORDER),
  from: '2020-02-10T00:00:00.000Z',
  to: '2020-02-20T00:00:00.000Z',
  key: '0badc0de',
  tail: '',
}

describe('tickets', () => {
  const server = pair()
  const book: GateBook = {
    asOf: '2020-02-14T00:00:00.000Z',
    zone: 'Asia/Shanghai',
    keys: [{ name: '0badc0de', publicKey: server.publicKey, path: '1/11/', until: '2020-03-01T00:00:00.000Z' }],
    orders: [
      {
        number: ticket.order,
        path: '1/11/11a/11a1/',
        start: '2020-02-10T00:00:00.000Z',
        end: '2020-02-24T00:00:00.000Z',
        outings: 1,
        outingDays: 2,
      },
    ],
    stopped: '',
    isolated: '',
    observed: '',
    vehicles: [],
  }
  const at = { now: '2020-02-14T02:00:00.000Z', direction: 'out', exits: [] } as const
  const check = async (text: string, change: Partial<GateBook> = {}, when: Partial<Parameters<typeof checkTicket>[3]> = {}) =>
    (await checkTicket(readTicket(text), { ...book, ...change }, verify, { ...at, ...when })).code

  it('come back from the text of a code as they went in, in at most 147 letters', async () => {
    const minute = fc.integer({ min: 26_000_000, max: 30_000_000 }).map((m) => new Date(m * 60_000).toISOString())
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...KINDS),
        fc.uuid().chain((id) => fc.constantFrom(numberOf(id), shortNumberOf(id))),
        fc.uuid(),
        minute,
        minute,
        fc.stringMatching(/^[0-9a-f]{8}$/),
        fc.stringMatching(/^[0-9A-Z]{0,4}$/),
        async (kind, pass, order, from, to, key, tail) => {
          const whole: Ticket = { kind, pass, order: shortNumberOf(order), from, to, key, tail }
          const text = await signTicket(whole, server.sign)
          expect(text).toMatch(/^[0-9A-Z $%*+\-./:]{1,147}$/)
          expect(readTicket(text)?.ticket).toEqual(whole)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are valid when everything is right, and say why when not', async () => {
    const text = await signTicket(ticket, server.sign)
    expect(await check(text)).toBe('valid')
    expect(await check('https://example.org')).toBe('not-ours')
    expect(await check(text, { keys: [] })).toBe('key-unknown')
    expect(await check(text, { keys: [{ ...(book.keys[0] ?? never()), publicKey: pair().publicKey }] })).toBe('forged')
    expect(await check(text, { keys: [{ ...(book.keys[0] ?? never()), stopped: true }] })).toBe('key-stopped')
    expect(await check(text, { keys: [{ ...(book.keys[0] ?? never()), until: '2020-02-19T00:00:00.000Z' }] })).toBe('key-stopped')
    expect(await check(text, { keys: [{ ...(book.keys[0] ?? never()), path: '1/12/' }] })).toBe('key-elsewhere')
    // What an order closes is asked, not what it stands in.
    const [closed, other] = ['1/11/11a/11a1/', '1/11/11a/11a2/']
    const orders = [{ ...(book.orders[0] ?? never()), path: '1/11/', areas: [closed], open: [`${closed}g2/`] }]
    const by = (key: object) => check(text, { orders, keys: [{ ...(book.keys[0] ?? never()), path: other, ...key }] })
    expect(await Promise.all(['1/11/', closed, `${closed}g1/`, `${closed}g2/`, other].map((path) => by({ path })))).toEqual([
      ...['valid', 'valid', 'valid'],
      ...['key-elsewhere', 'key-elsewhere'],
    ])
    // Where its holder issues no more, what the register has is believed.
    const ended = (numbers: readonly string[]) => by({ ended: { paths: [closed], ...packBoth(numbers) } })
    expect([await ended([ticket.pass]), await ended([])]).toEqual(['valid', 'key-ended'])
    expect(await check(text, { keys: [{ ...(book.keys[0] ?? never()), path: '1/11/11a/11a1/g1/' }] })).toBe('valid')
    const { full } = packBoth([ticket.pass])
    const lists = { stopped: '', isolated: '', elsewhere: '' }
    expect(await check(text, { full: { ...lists, stopped: full } })).toBe('revoked')
    expect(await check(text, { full: { ...lists, isolated: full } })).toBe('isolated')
    expect(await check(text, { full: { ...lists, isolated: full } }, { direction: 'in' })).toBe('valid')
    expect(await check(text, { orders: [] })).toBe('no-order')
    expect(await check(text, {}, { now: '2020-02-09T00:00:00.000Z' })).toBe('not-yet')
    expect(await check(text, {}, { now: ticket.to })).toBe('expired')
    // It ran out while they were out: they live there, which of a vehicle nobody can say.
    expect(await check(text, {}, { now: ticket.to, direction: 'in' })).toBe('valid')
    const vehicle = await signTicket({ ...ticket, kind: 'vehicle' }, server.sign)
    expect(await check(vehicle, {}, { now: ticket.to, direction: 'in' })).toBe('expired')
    expect(await check(text, { full: { ...lists, stopped: full } }, { now: ticket.to, direction: 'in' })).toBe('revoked')
    expect(await check(text, {}, { exits: ['2020-02-13T01:00:00.000Z'] })).toBe('spent')
    expect(await check(text, {}, { exits: ['2020-02-12T01:00:00.000Z'] })).toBe('valid')
  })

  it('that were printed with a short number hold as they did, and are stopped by it', async () => {
    const old = await signTicket({ ...ticket, pass: shortNumberOf(PASS) }, server.sign)
    expect(await check(old)).toBe('valid')
    expect(await check(old, { stopped: packBoth([shortNumberOf(PASS)]).short })).toBe('revoked')
    expect(await check(old, { isolated: packBoth([shortNumberOf(PASS)]).short })).toBe('isolated')
  })

  it('cannot be changed by a single letter', async () => {
    const text = await signTicket(ticket, server.sign)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 4, max: text.length - 1 }),
        fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'),
        async (i, letter) => {
          fc.pre(text[i] !== letter)
          expect(await check(text.slice(0, i) + letter + text.slice(i + 1))).not.toBe('valid')
        },
      ),
      { numRuns: 120 },
    )
  })
})

function never(): never {
  throw new Error('the book has a key')
}

describe('the allowance', () => {
  const pass: KnownPass = {
    kind: 'household',
    from: '2020-02-10T00:00:00.000Z',
    to: '2020-02-24T00:00:00.000Z',
    state: 'issued',
    order: { number: 'X', path: '1/', start: '2020-02-10T00:00:00.000Z', end: '2020-02-24T00:00:00.000Z', outings: 1, outingDays: 2 },
    besides: [],
    exits: [],
    isolated: false,
  }
  const at = (exits: string[], now: string, order: Partial<KnownPass['order'] & object> = {}) =>
    checkPass({ ...pass, exits, ...(pass.order ? { order: { ...pass.order, ...order } } : {}) }, now, 'out', 'Asia/Shanghai')

  it('counts city days: one person every two days goes out on the day after next', () => {
    // 23:30 in the city on the 13th.
    const exits = ['2020-02-13T15:30:00.000Z']
    expect(at(exits, '2020-02-13T15:45:00.000Z')).toMatchObject({ code: 'spent', left: 0, next: '2020-02-15' })
    expect(at(exits, '2020-02-14T15:59:00.000Z')).toMatchObject({ code: 'spent', next: '2020-02-15' })
    expect(at(exits, '2020-02-14T16:00:00.000Z')).toMatchObject({ code: 'valid', left: 1 })
    expect(at(exits, '2020-02-14T01:00:00.000Z', { outings: 2 })).toMatchObject({ code: 'valid', left: 1 })
  })

  it('says the first day with room, also when a gate without a network let too many out', () => {
    const exits = ['2020-02-13T01:00:00.000Z', '2020-02-13T03:00:00.000Z', '2020-02-14T01:00:00.000Z']
    expect(at(exits, '2020-02-14T02:00:00.000Z')).toMatchObject({ code: 'spent', next: '2020-02-16' })
    expect(at(exits, '2020-02-14T02:00:00.000Z', { outings: 2 })).toMatchObject({ code: 'spent', next: '2020-02-15' })
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 5 }),
        (minutes, outings, outingDays) => {
          const now = '2020-02-22T04:00:00.000Z'
          const some = minutes.map((m) => new Date(Date.parse(now) - m * 60_000).toISOString())
          const answer = at(some, now, { outings, outingDays })
          if (answer.code !== 'spent') return
          const noon = (day: string) => `${day}T04:00:00.000Z`
          const next = String(answer.next)
          const eve = new Date(Date.parse(noon(next)) - 86_400_000).toISOString()
          const free = { end: '2020-04-01T00:00:00.000Z', outings, outingDays }
          const later = (when: string) =>
            checkPass(
              { ...pass, to: free.end, exits: some, ...(pass.order ? { order: { ...pass.order, ...free } } : {}) },
              when,
              'out',
              'Asia/Shanghai',
            ).code
          expect(later(noon(next))).toBe('valid')
          expect(later(eve)).toBe('spent')
        },
      ),
    )
  })

  it('is that of the strictest order that covers the home, as long as that is in force', () => {
    const exits = ['2020-02-13T01:00:00.000Z', '2020-02-14T01:00:00.000Z']
    const building = { number: 'Y', path: '1/2/', start: '2020-02-12T00:00:00.000Z', end: '2020-02-16T00:00:00.000Z' }
    const ask = (besides: KnownPass['besides'], now = '2020-02-15T01:00:00.000Z', out = exits) =>
      checkPass(
        { ...pass, besides, exits: out, ...(pass.order ? { order: { ...pass.order, outings: 2, outingDays: 2 } } : {}) },
        now,
        'out',
        'Asia/Shanghai',
      )
    expect(ask([])).toMatchObject({ code: 'valid', left: 1 })
    expect(ask([{ ...building, outings: 1, outingDays: 3 }])).toMatchObject({ code: 'spent', left: 0, next: '2020-02-17' })
    expect(ask([{ ...building, outings: 3, outingDays: 3 }])).toMatchObject({ code: 'valid', left: 1 })
    expect(ask([{ ...building, outings: 4, outingDays: 2 }])).toMatchObject({ code: 'valid', left: 1 })
    // One that limits no outings, one that has not begun, one that is over.
    expect(ask([building])).toMatchObject({ code: 'valid', left: 1 })
    expect(ask([{ ...building, start: '2020-02-15T02:00:00.000Z', outings: 1, outingDays: 3 }]).code).toBe('valid')
    expect(ask([{ ...building, end: '2020-02-15T01:00:00.000Z', outings: 1, outingDays: 3 }]).code).toBe('valid')
    // The next outing waits for all of them.
    const early = [{ ...building, outings: 1, outingDays: 1 }]
    expect(ask(early, '2020-02-14T02:00:00.000Z')).toMatchObject({ code: 'spent', next: '2020-02-15' })
  })

  it('is not that of an order which closed another part of the village, except for whoever has a pass under it', () => {
    const merged = { number: 'Y', path: '1/2/', areas: ['1/2/', '1/2/g/'], partly: ['1/2/'], start: '', end: '' }
    const under = (path: string, ...orders: string[]) => besides([merged], 'X', { path, places: [], orders }).length
    expect([under('1/2/'), under('1/2/h/'), under('1/2/g/'), under('1/2/', 'Y')]).toEqual([0, 0, 1, 1])
  })

  it('does not limit workers, vehicles, or anybody coming home', () => {
    const exits = ['2020-02-13T15:30:00.000Z']
    for (const kind of ['worker', 'vehicle'] as const)
      expect(checkPass({ ...pass, kind, exits }, '2020-02-13T15:45:00.000Z', 'out', 'Asia/Shanghai').code).toBe('valid')
    expect(checkPass({ ...pass, exits }, '2020-02-13T15:45:00.000Z', 'in', 'Asia/Shanghai').code).toBe('valid')
  })
})
