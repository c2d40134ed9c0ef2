import { randomUUID } from 'node:crypto'
import { type dailyFigures, registry } from '@guatu/domains'
import { expect } from 'vitest'
import { openCity } from '../../http/testing/city.ts'

/** A frozen day with six people under observation in one county and one in another: both counts are held back, their sum is not. */
export async function draftedBulletin() {
  const city = await openCity('postgres', registry)
  city.clock.set('2020-02-13T02:00:00Z')
  const send = async (record: string, id: string, action: string, input: object, area?: string, as = 'duty', event = randomUUID()) =>
    city.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event, input, ...(area === undefined ? {} : { area }) })
  const act = async (...given: Parameters<typeof send>) => {
    const answer = await send(...given)
    expect(answer.statusCode, answer.body).toBeLessThan(300)
  }
  const watch = async (as: string, area: string) => {
    const person = randomUUID()
    await act('person', person, 'register', { name: '测试', documentType: 'none' }, area, as)
    await act('watch', randomUUID(), 'enter', { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }, area, as)
  }
  for (let i = 0; i < 6; i += 1) await watch('grid', city.area('511902105201'))
  await watch('other', city.area('511921106201'))
  city.clock.set('2020-02-13T16:05:00Z')
  const report = randomUUID()
  await act('dailyReport', report, 'compose', { day: '2020-02-13' }, city.city)
  await act('dailyReport', report, 'freeze', {})
  const made = (await city.ask('duty', 'GET', `/api/dailyReport/${report}/bulletin`)).json<{
    figures: dailyFigures.PublicFigures
    hash: string
    text: { zh: string; en: string }
  }>()
  const input = { title: '通报', day: '2020-02-13', report, figures: JSON.stringify(made.figures), hash: made.hash }
  const id = randomUUID()
  await act('publicBulletin', id, 'draft', { ...input, text: made.text.zh, textEn: made.text.en }, city.city)
  const say = async (action: string, given: object, event = randomUUID()) => {
    const answer = await send('publicBulletin', id, action, given, undefined, 'duty', event)
    return answer.json<{ code?: string; path?: string; data?: { unconfirmed?: { written: string }[] } }>()
  }
  const page = async (lang: 'zh' | 'en' = 'zh') => (await city.app.inject({ url: `/p/bulletins?lang=${lang}` })).body
  return { city, id, input, made, act, send, say, page }
}
