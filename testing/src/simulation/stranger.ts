import { derivedId, type RowBlock, unpackRows } from '@guatu/kernel'
import { inventedIdentityNumber, inventedName } from '../../../packages/server/src/demo/city/identity.ts'
import type { Lived } from './history.ts'
import type { World } from './world.ts'

/** Who is no record and stands in the place of one. */
const NOBODY = '00000000-0000-4000-8000-000000000000'
/** Turns of the machine in which all of a stream arrives that is there already. */
const TURNS = 200
/** Names looked for: every one that a history may invent, by its first letters as well. */
const NAMES = Array.from({ length: 60 }, (_, i) => inventedName(i))
const QUESTIONS = [...new Set(NAMES.map((name) => name.slice(0, 1))), 'c', 'cs', '湖北', '封闭管理']

/**
 * A clerk of another county asks for everything that the interface can be asked: lists, counts, groups, searches, sheets, names, single records and
 * their timelines under ids that it guessed, duplicates, what a phone carries, the live stream. @returns whatever it learned, in words
 */
export async function stranger(world: World, { land, seed }: Lived, name: string): Promise<string[]> {
  const out: string[] = []
  const { store, app } = world
  const get = async (url: string) => {
    const { statusCode, body } = await app.inject({ url, headers: { authorization: name } })
    return { status: statusCode, body }
  }
  const events = await store.db.query<{ id: string; record: string; record_id: string }>(
    'select id, record, record_id from events where county = $1 order by seq',
    [land.county],
  )
  const byRecord = Map.groupBy(events, ({ record }) => record)
  const numbers = Array.from({ length: 5 }, (_, i) => inventedIdentityNumber(seed * 7 + i, 1980))
  const secret = [...new Set(events.flatMap(({ id, record_id }) => [id, record_id])), ...numbers]
  /** What an answer tells of this county beyond what was asked with. */
  const learned = (url: string, body: string) => {
    for (const one of secret) if (!url.includes(one) && body.includes(one)) out.push(`a stranger reads ${one} in ${url}`)
  }
  const ask = async (url: string) => {
    const { status, body } = await get(url)
    if (status >= 500) out.push(`${url} answers ${status}`)
    learned(url, body)
    return { status, body }
  }
  for (const [record, theirs] of byRecord) {
    const ids = [...new Set(theirs.map((event) => event.record_id))]
    const here = `/api/${record}`
    await ask(`${here}?limit=500`)
    for (const q of record === 'person' ? [...QUESTIONS, ...numbers] : QUESTIONS.slice(0, 2))
      await ask(`${here}?q=${encodeURIComponent(q)}`)
    for (const place of [land.county, ...land.villages]) {
      const { status, body } = await ask(`${here}/count?area=${place}`)
      if (status === 200 && !/:0[,}]/.test(body)) out.push(`a stranger counts ${record} of ${place}: ${body}`)
      await ask(`${here}?area=${place}`)
    }
    await ask(`${here}/groups?by=state`)
    const sheet = await ask(`${here}/export.csv?purpose=${encodeURIComponent('核对')}`)
    if (/示例\d村/.test(sheet.body)) out.push(`a stranger exports ${record}: export.csv`)
    const names = await ask(`${here}/names?ids=${ids.slice(0, 50).join(',')}`)
    if (names.status === 200 && NAMES.some((one) => names.body.includes(one))) out.push(`a stranger is told names of ${record}`)
    for (const path of ['', '/timeline']) {
      const nobody = await ask(`${here}/${NOBODY}${path}`)
      for (const id of ids) {
        const { status, body } = await ask(`${here}/${id}${path}`)
        if (status < 400) out.push(`a stranger opens ${here}/${id}${path}: ${body.slice(0, 200)}`)
        else if (status !== nobody.status)
          out.push(`a stranger is told ${status} for ${here}/${id}${path}, and ${nobody.status} for nobody`)
      }
    }
  }
  await ask('/api/person/duplicates')
  await ask(`/api/person/duplicates?area=${land.county}`)
  const device = derivedId(`phone of ${name} ${land.county}`)
  await app.inject({ method: 'POST', url: '/api/field/devices', headers: { authorization: name }, payload: { device } })
  const snapshot = await ask(`/api/field/snapshot?device=${device}`)
  learned('/api/field/snapshot', carried(snapshot.body).join(' '))
  await ask(`/api/passes/book`)
  await ask('/api/audit/events?after=0')
  learned('/api/live', await missed(world, name))
  return out
}

/** Everything that the live stream tells somebody who has missed it since the server was opened. */
async function missed(world: World, name: string): Promise<string> {
  const listen = async (url: string) => {
    const reply = await world.app.inject({ url, headers: { authorization: name }, payloadAsStream: true })
    const stream = reply.stream()
    let text = ''
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    // What was missed is told at once, before anything else: a few turns and it is here.
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    stream.destroy()
    return text
  }
  const epoch = /id: (\w+)\./.exec(await listen('/api/live'))?.[1]
  return listen(`/api/live?after=${epoch}.0`)
}

/** Ids of the rows that a phone is given. */
const carried = (lines: string): string[] =>
  lines
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => Object.values(JSON.parse(line) as Record<string, unknown>))
    .flatMap((value) => (isBlock(value) ? unpackRows(value).map(({ id }) => id) : []))

const isBlock = (value: unknown): value is RowBlock => typeof value === 'object' && value !== null && 'ids' in value
