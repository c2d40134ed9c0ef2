import { type AnyRecord, isEmpty, type Scope } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { exactForm, isAsked, pinyinOf, type Way, waysOf } from '../identity/forms.ts'
import { fromStateRow, type StateRow, sqlOf } from '../log/state-rows.ts'
import { tableOf } from '../schema/model.ts'
import { every, inPath, scopeCondition, some } from './conditions.ts'
import type { Listed } from './list.ts'

/** A way to look and the form to look for. */
interface Asked {
  readonly way: Way
  readonly form: string
}

/** Initials longer than this are a whole name in pinyin. */
const MOST_INITIALS = 6
const LATIN = /^[A-Z ]+$/

/**
 * What a written word may mean: a number, a plate or a phone in its one form, a name in characters as it is and by its
 * sound, letters as pinyin or as initials. The nearest meaning comes first.
 */
export function meaningsOfWord(def: AnyRecord, word: string): readonly Asked[] {
  const exact = exactForm(word)
  if (exact === '') return []
  const letters = LATIN.test(word.toUpperCase().trim())
  return waysOf(def)
    .filter(isAsked)
    .flatMap((way): Asked[] => {
      if (way.formed !== undefined) return [{ way, form: way.form(word) }]
      if (def.fields[way.field]?.find !== 'name') return [{ way, form: exact }]
      if (way.means === 'exact') return [{ way, form: exact }]
      if (way.means === 'pinyin') return [{ way, form: letters ? exact.toLowerCase() : pinyinOf(word) }]
      return letters && exact.length <= MOST_INITIALS ? [{ way, form: exact.toLowerCase() }] : []
    })
}

/** Whether a row is found by what stands in one field, whichever of its meanings: each is a range of the index over hash and place. */
export const isFoundBy = (db: Database<unknown>, def: AnyRecord, field: string, word: string): RawBuilder<boolean> =>
  some(
    meaningsOfWord(def, word).flatMap(({ way, form }) =>
      way.field === field && form !== '' ? [sql<boolean>`${sql.ref(way.column)} = ${db.vault.finder.tokenOfForm(def, way, form)}`] : [],
    ),
  )

/**
 * Rows within a scope that are found by a word, nearest meaning first. Each meaning is one range of an index over hash and place;
 * `field` asks for the meanings of one field alone, where it is known what the word is; `named` is the scope, no wider, within which a word may
 * be a name, which many bear.
 */
export async function findByIdentity(
  db: Database<unknown>,
  def: AnyRecord,
  scope: Scope,
  request: { readonly word: string; readonly path?: string; readonly field?: string; readonly named?: Scope; readonly limit: number },
): Promise<readonly Listed[]> {
  const statement = sqlOf(def)
  const found = new Map<string, Listed>()
  for (const { way, form } of meaningsOfWord(def, request.word)) {
    if (form === '' || (request.field !== undefined && way.field !== request.field)) continue
    const within = def.fields[way.field]?.find !== 'name' ? scope : (request.named ?? scope)
    if (isEmpty(within)) continue
    const token = db.vault.finder.tokenOfForm(def, way, form)
    const { rows } = await sql<StateRow>`select ${sql.raw(statement.columns)} from ${sql.table(tableOf(def.name))}
      where ${sql.ref(way.column)} = ${token} and ${every([scopeCondition(def, within), ...(request.path ? [inPath(request.path)] : [])])}
      order by path, id limit ${request.limit}`.execute(db.kysely)
    for (const row of rows) if (!found.has(row.id)) found.set(row.id, { ...fromStateRow(db, statement, row), path: row.path })
    if (found.size >= request.limit) break
  }
  return [...found.values()].slice(0, request.limit)
}
