import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { villageClosed } from './testing/closed-village.ts'
import { phoneKey, seenAtGate } from './testing/phone-key.ts'

/** Ways in which somebody ceases to issue passes, each as it is kept. */
const ENDS = {
  'whose grant ended': `insert into grants (id, account, role, area, from_day, to_day, granted_by, recorded_at)
    values (gen_random_uuid(), 'grid', 'grid-worker', $1, '2020-01-20', '2020-02-13', 'admin', now())`,
  'whose phone was wiped': `insert into devices (id, account, salt, registered_at, seen_at, wiped_at)
    values (gen_random_uuid(), 'grid', left($1, 1), '2020-02-13', '2020-02-13', '2020-02-14T03:05:00Z')`,
  'whose account was closed': `insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt", closed)
    values ('grid', left($1, 1), 'grid@example.org', true, now(), now(), true)`,
}

onBothEngines('the key of somebody', ({ engine }) => {
  it.each(Object.keys(ENDS) as (keyof typeof ENDS)[])('%s goes on for the passes that the register has, and for no other', async (end) => {
    const at = await villageClosed(engine)
    const key = await phoneKey(at, 'grid')
    const [own, minted] = [await key.codeOf(at.pass), await key.codeOf(crypto.randomUUID())]
    expect(await seenAtGate(at, minted)).toEqual(['valid', 'not-found'])
    await at.store.db.query(ENDS[end], [at.village])
    at.clock.set('2020-02-14T03:10:00Z')
    expect(await seenAtGate(at, minted)).toEqual(['key-ended', 'not-found'])
    expect(await seenAtGate(at, own)).toEqual(['valid', 'valid'])
    expect(await seenAtGate(at, at.code.code)).toEqual(['valid', 'valid'])
    expect(at.errors).toEqual([])
  })
})
