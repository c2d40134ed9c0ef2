import { expect, it } from 'vitest'
import { type NoticeFacts, noticeContent } from './notice.ts'

const facts: NoticeFacts = {
  name: '测试甲',
  sex: '男',
  document: '519900199001010015',
  kind: 'home',
  class: 'listed',
  from: '2020-02-04',
  until: '2020-02-18',
  day: '2020-02-05',
  readings: 2,
  feverFrom: 37.3,
  basis: '《中华人民共和国传染病防治法》第三十九条',
  issuer: '示例镇人民政府',
}

it('says law, class, period and duties with the numbers of the rules, and leaves lines for what is not known', () => {
  const content = noticeContent('notice', facts, 'zh')
  expect(content.title).toBe('居家医学观察告知书')
  expect(content.opening).toBe(
    '根据《中华人民共和国传染病防治法》第三十九条和本地疫情防控要求，您属于“疫情较重地区返回”，请自2020年2月4日起接受居家观察，至2020年2月18日解除。',
  )
  expect(Object.fromEntries(content.facts)).toMatchObject({
    姓名: '测试甲',
    证件号码: '519900199001010015',
    电话: '＿＿＿＿＿＿',
    期限: '2020年2月4日至2020年2月18日（14天）',
  })
  expect(content.duties?.lines[1]).toContain('每日测温2次')
  expect(content.duties?.lines[1]).toContain('≥37.3℃')
  const nobody = '＿＿＿＿＿＿　电话：＿＿＿＿＿＿'
  expect(content.contacts).toEqual([
    ['包保干部', nobody],
    ['网格员', nobody],
    ['责任医生', nobody],
  ])
  expect(content.issuer).toBe('示例镇人民政府（盖章）')
})

it('releases without duties, in English as in Chinese', () => {
  const content = noticeContent('release', { ...facts, day: '2020-02-18', kind: 'central', site: '示例宾馆 101' }, 'en')
  expect(content.title).toBe('Release from observation at a central site')
  expect(content.opening).toContain('it ends on 18 February 2020')
  expect(content.duties).toBeUndefined()
  expect(content.contacts).toEqual([])
  expect(Object.fromEntries(content.facts)).toMatchObject({ Site: '示例宾馆 101' })
})

it('says whom to call, and leaves a line for a number that nobody gave', () => {
  const known = { ...facts, cadre: '测试干部 13800000001', gridWorker: '测试网格员', doctor: '测试医生 0827-1234567' }
  expect(noticeContent('notice', known, 'zh').contacts.map(([, who]) => who)).toEqual([
    '测试干部 13800000001',
    '测试网格员　电话：＿＿＿＿＿＿',
    '测试医生 0827-1234567',
  ])
  expect(noticeContent('notice', known, 'en').contacts[1]).toEqual(['Grid worker', '测试网格员   Phone: ＿＿＿＿＿＿'])
})
