import { no, ok, type Result, refuse } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import { invalid } from './problems.ts'

/** What somebody chose for the screens of their account, by name: saved filters, columns. */
export type Preferences = Readonly<Record<string, unknown>>

const NAME = /^[a-z][A-Za-z0-9.-]{0,119}$/
/** Characters of one of them as JSON: as much as a page sends while it closes. */
const LONGEST = 20_000
/** An account keeps so many. */
const MOST = 500

export async function readPreferences({ db }: Store, account: string): Promise<Preferences> {
  const rows = await db.query<{ name: string; value: unknown }>(
    'select name, value from preferences where account = $1 order by changed_at, name',
    [account],
  )
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

/** Keeps one under its name, in the place of what was there; null lets it go. */
export async function keepPreference({ db, clock }: Store, account: string, name: string, value: unknown): Promise<Result<void>> {
  if (!NAME.test(name))
    return no(
      invalid(
        'name',
        { zh: '名称', en: 'name' },
        '应以小写字母开头，由字母、数字、点和短横组成，不超过120个字符。',
        'begin with a small letter, then letters, digits, dots and hyphens, 120 at most.',
      ),
    )
  if (value === undefined)
    return no(
      invalid(
        'value',
        { zh: '内容', en: 'value' },
        '请求中没有value；要删除的写null。',
        'the request has no value; write null to let it go.',
      ),
    )
  if (value === null) {
    await db.query('delete from preferences where account = $1 and name = $2', [account, name])
    return ok(undefined)
  }
  const text = JSON.stringify(value)
  if (text.includes('\\u0000'))
    return no(
      invalid(
        'value',
        { zh: '内容', en: 'value' },
        '含有看不见的控制字符，请删除。',
        'it holds an invisible control character; remove it.',
      ),
    )
  if (text.length > LONGEST) return no(tooMuch())
  const kept = await db.query(
    `insert into preferences (account, name, value, changed_at)
     select $1, $2, $3::jsonb, $4 where (select count(*) from preferences where account = $1 and name <> $2) < ${MOST}
     on conflict (account, name) do update set value = excluded.value, changed_at = excluded.changed_at returning name`,
    [account, name, text, clock.now().toString()],
  )
  return kept.length > 0 ? ok(undefined) : no(tooMuch())
}

const tooMuch = () =>
  refuse(
    'preferences-full',
    {
      zh: '保存的筛选或列太多，没有保存：请先删除不用的筛选，再保存。',
      en: 'Too many filters or columns are saved; this was not. Remove filters that are not used, then save again.',
    },
    { status: 422 },
  )
