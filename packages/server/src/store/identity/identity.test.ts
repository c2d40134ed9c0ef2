import { type Actor, CORRECT, type Command, ERASED, MOVE } from '@guatu/kernel'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { lighthouseStore, lighthouseTables } from '../../../../../testing/src/stores/lighthouse-store.ts'
import type { Store } from '../store.ts'

const VILLAGES = ['11a1', '11a2', '11b1', '12a1']
const NAMES = ['测试甲', '测试乙丙', '曾试丁', 'TEST PERSON']
const clerk: Actor = {
  id: 'clerk',
  name: 'clerk',
  grants: [
    { role: 'town-clerk', path: '1/' },
    { role: 'county-clerk', path: '1/' },
    { role: 'duty-officer', path: '1/' },
  ],
}
let used = 0
const uuid = () => {
  used += 1
  return `00000000-0000-4000-8000-${String(used).padStart(12, '0')}`
}

/** Everything that the database holds, as text. */
async function dump(store: Store): Promise<string> {
  const tables = await store.db.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'`,
  )
  const out: string[] = []
  for (const { name } of tables) {
    const [row] = await store.db.query<{ text: string | null }>(`select string_agg(t::text, E'\\n') as text from "${name}" t`)
    out.push(row?.text ?? '')
  }
  return out.join('\n')
}

const step = fc.record({
  who: fc.nat({ max: 4 }),
  act: fc.constantFrom('arrive', 'update', 'update', 'leave', 'move', 'correct', 'void', 'repeat', 'erase'),
  hoursBack: fc.nat({ max: 300 }),
  draw: fc.nat({ max: 9_999 }),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What a step sends; nothing when there is nothing to correct or repeat yet. */
function commandOf({ who, act, hoursBack, draw }: Step, ids: readonly string[], sent: readonly Command[], now: Temporal.Instant) {
  const recordId = ids[who] ?? ''
  const happenedAt = now.subtract({ hours: hoursBack }).toString({ smallestUnit: 'millisecond' })
  const base = { id: uuid(), record: 'visitor', recordId, happenedAt, input: {} }
  const original = sent.find((one) => one.recordId === recordId && one.action !== CORRECT)
  const values = {
    name: NAMES[draw % NAMES.length],
    document: `SECRET${draw}`,
    phone: `1380000${String(draw).padStart(4, '0')}`,
    allergies: `秘密过敏${draw}`,
    nights: draw % 7,
  }
  const area = VILLAGES[draw % VILLAGES.length] ?? '11a1'
  const commands: Record<Step['act'], Command | undefined> = {
    arrive: { ...base, action: 'arrive', area, input: values },
    update: { ...base, action: 'update', input: draw % 5 === 0 ? { phone: null } : values },
    leave: { ...base, action: 'leave', input: { escort: `秘密送行${draw}` } },
    move: { ...base, action: MOVE, area },
    correct: original && {
      ...base,
      action: CORRECT,
      input: {
        event: original.id,
        reason: '改',
        input: original.action === 'leave' ? { escort: `秘密改${draw}` } : { phone: values.phone },
      },
    },
    void: original && { ...base, action: CORRECT, input: { event: original.id, reason: '误', void: true } },
    repeat: sent[draw % Math.max(sent.length, 1)],
    erase: { ...base, action: 'erase' },
  }
  return commands[act]
}

onBothEngines('identity at rest', (engine) => {
  it('stands nowhere in clear, folds alike from the log, and is gone when it is erased, whatever was done in whatever order', {
    timeout: 240_000,
  }, async () => {
    const { store, clock } = await lighthouseStore(await engine.place(lighthouseTables))
    onTestFinished(() => store.close())
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 40 }), async (history) => {
        const ids = Array.from({ length: 5 }, uuid)
        const sent: Command[] = []
        for (const one of history) {
          const command = commandOf(one, ids, sent, clock.now())
          if (!command) continue
          const done = await store.writer.submit(command, clerk)
          if (done.ok) sent.push(command)
        }
        const text = await dump(store)
        for (const secret of [...NAMES, 'SECRET', '13800000', '1380000', '秘密'])
          expect([secret, text.includes(secret)]).toEqual([secret, false])
        expect((await store.rebuild({ check: true })).differences).toEqual([])

        for (const command of sent.filter((one) => one.action === 'erase')) {
          const row = await store.as({ ...clerk, system: true }).get('visitor', command.recordId)
          if (!row.ok) continue
          expect(row.value.state).toBe('erased')
          for (const name of ['name', 'document', 'phone', 'allergies']) expect([undefined, ERASED]).toContain(row.value.fields[name])
          const timeline = await store.as(clerk).timeline('visitor', command.recordId)
          expect(JSON.stringify(timeline)).not.toMatch(/SECRET|1380000|秘密|测/)
        }
        // Sending everything again, in any order, changes nothing and refuses nothing that was taken.
        for (const command of [...sent].reverse()) {
          const again = await store.writer.submit(command, clerk)
          expect([command.action, again.ok && again.value.repeated]).toEqual([command.action, true])
        }
      }),
      { numRuns: 12, seed: 31 },
    )
    // A rebuild writes the same states with the same keys, and the erased stay erased.
    const before = await store.db.query('select id, state, sealed_names, name_exact, document_exact from r_visitor order by id')
    await store.rebuild({ check: false })
    expect(await store.db.query('select id, state, sealed_names, name_exact, document_exact from r_visitor order by id')).toEqual(before)
    expect((await store.rebuild({ check: true })).differences).toEqual([])
  })

  it('leaves the statistics as they were when somebody is erased', async () => {
    const { store } = await lighthouseStore(await engine.place(lighthouseTables))
    onTestFinished(() => store.close())
    const who = uuid()
    await store.writer.submit(
      {
        id: uuid(),
        record: 'visitor',
        recordId: who,
        action: 'arrive',
        area: '11a1',
        input: { name: '测试甲', document: 'SECRET1', nights: 3 },
      },
      clerk,
    )
    const board = () => store.as(clerk).board({ indicators: ['lighthouse.nights'], areas: ['11'], day: '2020-02-14', days: 1 })
    const before = await board()
    expect((await store.writer.submit({ id: uuid(), record: 'visitor', recordId: who, action: 'erase', input: {} }, clerk)).ok).toBe(true)
    expect(await board()).toEqual(before)
    const row = await store.as(clerk).get('visitor', who)
    expect(row).toMatchObject({ ok: true, value: { fields: { name: ERASED, document: ERASED, nights: 3, length: 7 } } })
    expect(await store.db.query('select wrapped, erased_at is not null as erased from identity_keys where id = $1', [who])).toEqual([
      { wrapped: null, erased: true },
    ])
    // The same person may come again, as somebody new.
    const again = await store.writer.submit(
      { id: uuid(), record: 'visitor', recordId: uuid(), action: 'arrive', area: '12a1', input: { name: '测试甲', document: 'SECRET1' } },
      clerk,
    )
    expect(again.ok).toBe(true)
  })

  it('is one person in the whole city, with the way to the entry that is there', async () => {
    const { store } = await lighthouseStore(await engine.place(lighthouseTables))
    onTestFinished(() => store.close())
    const who = uuid()
    const arrive = (area: string, document: string, actor: Actor, id = uuid()) =>
      store.writer.submit(
        { id: uuid(), record: 'visitor', recordId: id, action: 'arrive', area, input: { name: '测试甲', document } },
        actor,
      )
    const east: Actor = { id: 'east', name: 'east', grants: [{ role: 'town-clerk', path: '1/11/' }] }
    const west: Actor = { id: 'west', name: 'west', grants: [{ role: 'town-clerk', path: '1/12/' }] }
    expect((await arrive('11a1', 'p 0001', east, who)).ok).toBe(true)
    expect(await arrive('11a2', 'Ｐ0001', clerk)).toMatchObject({ ok: false })
    expect(await arrive('11b1', 'P0001', east)).toMatchObject({ ok: false, problem: { code: 'already-exists', data: { id: who } } })
    const elsewhere = await arrive('12a1', 'P0001', west)
    expect(elsewhere).toMatchObject({ ok: false, problem: { code: 'registered-elsewhere', data: { county: '11' } } })
    expect(JSON.stringify(elsewhere)).not.toContain(who)
    // Many at once, in one batch: one is taken.
    const many = await Promise.all(VILLAGES.map((area) => arrive(area, 'P0002', clerk)))
    expect(many.filter((one) => one.ok)).toHaveLength(1)
  })
})
