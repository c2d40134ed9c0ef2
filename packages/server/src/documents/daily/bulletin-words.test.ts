import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { draftedBulletin } from '../testing/drafted-bulletin.ts'

describe('the words of a public bulletin', { timeout: 240_000 }, () => {
  it('neither say what the table holds back nor a number of their own, at writing, correcting and publishing', async () => {
    const { city, input, made, send, say, page } = await draftedBulletin()
    const observed = made.figures.lines.find(({ key }) => key === 'observed')
    expect(observed).toMatchObject({ total: 7, parts: [null, null] })
    const { zh, en } = made.text
    const refused = async (given: object) => {
      const { code, path } = await say('revise', given)
      return [code, path]
    }
    // What is held back of a place, in any writing, also in the sentence after the one that names the place.
    for (const said of [
      '其中巴州区正在观察6人。',
      '其中巴州６人。',
      '其中巴州区六人。',
      '巴州区情况平稳。在观察6例。',
      '当日有6人正在观察。',
      '巴州区人数为六。',
      '巴州区仅有陆人。',
      '巴州区在观察：⑥。',
      '巴州区：六。',
      '通江县人数为一。',
      '通江县仅有壹人。',
      '通江县观察者唯一。',
      '通江县有个人正在观察。',
      '除通江县的那一位外，全市无人在观察。',
      '通江县仅个别观察对象。',
    ])
      expect([said, await refused({ text: `${zh}${said}` })]).toEqual([said, ['bulletin-tells-hidden', 'input.text']])
    expect(await refused({ textEn: `${en} In 通江 one person is under observation.` })).toEqual(['bulletin-tells-hidden', 'input.textEn'])
    expect(await refused({ textEn: `${en} In 通江县 one remains under observation.` })).toEqual(['bulletin-tells-hidden', 'input.textEn'])
    expect(await refused({ textEn: `${en} A single resident of 通江县 is under observation.` })).toEqual([
      'bulletin-tells-hidden',
      'input.textEn',
    ])
    expect(await refused({ title: '通报：巴州区正在观察6人' })).toEqual(['bulletin-tells-hidden', 'input.title'])
    expect(await refused({ text: `${zh}联系人13812345678。` })).toEqual(['bulletin-personal-number', 'input.text'])
    expect(await refused({ text: `${zh}身份证 5199 0019 9001 0100 15。` })).toEqual(['bulletin-personal-number', 'input.text'])
    expect(await refused({ text: zh.replace('{observed}', '{seen}') })).toEqual(['bulletin-figure-unknown', 'input.text'])
    const bold = { typed: ['6'], typedReason: '领导要求' }
    expect((await say('revise', { text: `${zh}其中巴州区正在观察6人。`, ...bold })).code).toBe('bulletin-tells-hidden')
    // Words that are drafted with such a number, and words that are corrected to it, are no other way in.
    const other = await send('publicBulletin', randomUUID(), 'draft', { ...input, text: '巴州区正在观察6人' }, city.city)
    expect(other.json()).toMatchObject({ code: 'bulletin-tells-hidden' })

    // A number in place of a figure, a hotline, a name: each only by whoever answers for it.
    const added = `${zh.replace('{ended}', '12')}全市设卡点6个，咨询电话0827-12345，张三丰。`
    const asked = await say('revise', { text: added })
    expect(asked.code).toBe('bulletin-words-unconfirmed')
    const open = asked.data?.unconfirmed?.map(({ written }) => written)
    expect(open).toEqual(['12', '6', '0827', '12345', '张三丰'])
    const told = await say('revise', { text: `${zh}全市叁户一家三口分餐，卡点③处，王小明已确诊，张三出院。` })
    expect(told.data?.unconfirmed?.map(({ written }) => written)).toEqual(['叁', '一', '三', '3', '王小明', '张三'])
    const nobody = await say('revise', { text: `${zh}全市没有人正在观察。全市无人在观察。` })
    expect(nobody.data?.unconfirmed?.map(({ written }) => written)).toEqual(['没有人', '无人'])
    expect((await say('revise', { text: added, typed: open })).code).toBe('bulletin-words-unconfirmed')
    expect((await say('revise', { text: added, typed: ['6', '0827', '12345'], typedReason: '卡点台账' })).code).toBe(
      'bulletin-words-unconfirmed',
    )
    const kept = `${zh}全市设卡点6个，咨询电话0827-12345。`
    const event = randomUUID()
    const confirmed = { text: kept, typed: ['6', '0827', '12345'], typedReason: '交通组卡点台账、值班电话' }
    expect((await say('revise', confirmed, event)).code).toBeUndefined()
    const correction = { event, reason: '更正', input: { ...confirmed, text: `${zh}其中巴州区正在观察6人。` } }
    expect((await say('correct', correction)).code).toBe('bulletin-tells-hidden')
    const [stored] = await city.store.db.query<{ input: unknown }>('select input from events where id = $1', [event])
    expect(stored?.input).toMatchObject({ typed: confirmed.typed, typedReason: confirmed.typedReason })

    expect((await say('publish', {})).code).toBeUndefined()
    expect(await page()).toContain('正在观察7人')
    expect(await city.store.rebuild({ check: true })).toMatchObject({ differences: [] })
  })

  it('that were written before anybody looked are looked at when they are to be published', async () => {
    const { city, id, say, page } = await draftedBulletin()
    for (const [said, code] of [
      ['其中巴州区正在观察6人。', 'bulletin-tells-hidden'],
      ['全市发放物资300份。', 'bulletin-words-unconfirmed'],
    ]) {
      await city.store.db.query(
        "update events set input = jsonb_set(input, '{text}', to_jsonb($2::text)) where record_id = $1 and action = 'draft' returning id",
        [id, said],
      )
      await city.store.rebuild({ check: false })
      expect([said, (await say('publish', {})).code]).toEqual([said, code])
    }
    expect(await page()).not.toContain('物资')
  })

  it('may name days, times and what the table shows, which needs no confirming', async () => {
    const { city, id, made, say, page } = await draftedBulletin()
    const text = `${made.text.zh}2月14日8时30分起，全市正在观察7人均已落实每天两次测温，每一位居民请勿聚集。`
    const textEn = `${made.text.en} From 08:30 on 14 Feb 2020 each is visited twice a day.`
    expect(await say('revise', { text, textEn, title: '巴中市通报（2020年2月13日）' })).not.toHaveProperty('code')
    expect((await say('publish', {})).code).toBeUndefined()
    expect(await page()).toContain('均已落实')
    // Readers of English read no Chinese character but the way to the Chinese page.
    const english = (await page('en')).split('</nav>')[1] ?? ''
    expect(english).toMatch(/COVID-19 bulletin of Bazhong City, 13 Feb 2020[\s\S]*Bazhong City has observed[\s\S]*Bazhou District/)
    expect(english.match(/\p{Script=Han}+/gu)).toBeNull()
    // Whoever writes it sees the names that will be read, whoever may not read it does not.
    const names = { name: 'Bazhong City', areas: ['Bazhou District', 'Tongjiang County'] }
    const asked = (as: string) => city.ask(as, 'GET', `/api/publicBulletin/${id}/english`)
    expect([(await asked('duty')).json(), (await asked('grid')).statusCode]).toEqual([names, 403])
    const { bulletins } = (await city.app.inject({ url: '/api/public/bulletins' })).json<{ bulletins: object[] }>()
    expect(bulletins).toMatchObject([
      {
        title: { en: 'COVID-19 bulletin of Bazhong City, 13 Feb 2020' },
        english: names,
        figures: { name: '巴中市', areas: ['巴州区', '通江县'] },
      },
    ])
  })
})
