import { describe, expect, it } from 'vitest'
import { readCommunique } from './index.ts'

const HEAD = '2021年8月6日，市长主持召开市疫情防控指挥部第十三次会议。会议强调，'
const read = (text: string) =>
  readCommunique(HEAD + text).directives.map(({ quote, action, addressee, deadline, deadlineDate, soft }) => ({
    quote,
    action,
    addressee,
    deadline,
    deadlineDate,
    soft,
  }))

describe('the bracket behind an order', () => {
  it('names who leads and by when, and is cut nowhere', () => {
    expect(
      read(
        '全面排查中高风险地区来返人员（牵头单位：市公安局；配合单位：市卫生健康委、各县区政府）。加快建设核酸检测实验室（责任单位：市卫生健康委；完成时限：8月20日）。',
      ),
    ).toMatchObject([
      {
        quote: '全面排查中高风险地区来返人员（牵头单位：市公安局；配合单位：市卫生健康委、各县区政府）',
        addressee: '市公安局',
        deadline: null,
      },
      { addressee: '市卫生健康委', deadline: '8月20日', deadlineDate: '2021-08-20', soft: false },
    ])
  })

  it('goes with the order before it also behind the full stop, and leaves what follows alone', () => {
    const found = read('各县区要严格落实属地责任。（责任单位：各县区人民政府）推进中小企业纾困解难。')
    expect(found.map(({ quote }) => quote)).toEqual(['各县区要严格落实属地责任。（责任单位：各县区人民政府）', '推进中小企业纾困解难'])
    expect(found[0]).toMatchObject({ addressee: '各县区人民政府', soft: false, action: '落实属地责任' })
    expect(found[1]?.addressee).toBeNull()
  })

  it('says so in a sentence too, and a bracket that assigns nothing stays what it was', () => {
    expect(read('加强农贸市场管理（市市场监管局牵头，各县区配合）。')).toMatchObject([
      { addressee: '市市场监管局', action: '加强农贸市场管理' },
    ])
    expect(read('及时救治发热病人（含疑似；密接）。')[0]?.addressee).toBeNull()
  })
})
