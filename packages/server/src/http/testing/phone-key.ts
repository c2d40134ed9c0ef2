import { generateKeyPairSync, sign } from 'node:crypto'
import { passes } from '@guatu/domains'
import { expect } from 'vitest'
import { verifyEd25519 } from '../../gates/signing-key.ts'
import { TERM, type villageClosed } from './closed-village.ts'

type Closed = Pick<Awaited<ReturnType<typeof villageClosed>>, 'act' | 'ask' | 'clock' | 'closure' | 'verdict' | 'village'>

/** A key that somebody's phone registers in an area: it signs passes of an order, whether the register ever hears of them or not. */
export async function phoneKey(at: Closed, as: string, area = at.village) {
  const pair = generateKeyPairSync('ed25519')
  const key = crypto.randomUUID()
  const publicKey = pair.publicKey.export({ format: 'jwk' }).x
  expect(await at.act(as, 'passKey', key, 'register', { publicKey, validTo: '2020-02-27T00:00:00.000Z' }, area)).toBe('done')
  const codeOf = (pass: string, { validFrom: from, validTo: to } = TERM, order = at.closure) =>
    passes.signTicket(
      {
        kind: 'household',
        pass: passes.numberOf(pass),
        order: passes.shortNumberOf(order),
        from,
        to,
        key: passes.keyName(key),
        tail: '',
      },
      async (message) => sign(null, message, pair.privateKey),
    )
  return { key, codeOf }
}

/** What a gate makes of a code: without a network, by its book alone, and with one. */
export async function seenAtGate(at: Closed, shown: string, as = 'gate') {
  const book = (await at.ask(as, 'GET', '/api/passes/book')).json<passes.GateBook>()
  const now = at.clock.now().toString({ smallestUnit: 'millisecond' })
  const alone = await passes.checkTicket(passes.readTicket(shown), book, verifyEd25519, { now, direction: 'out', exits: [] })
  return [alone.code, await at.verdict(as, { code: shown, direction: 'out' })]
}
