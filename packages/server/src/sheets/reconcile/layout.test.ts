import { idCheckCharacter, label } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { fault, judgeRow, type Known, readPushed } from './classify.ts'
import { guessMeanings, type Meaning } from './headings.ts'
import { findLayout, isBelowList, isMeanings } from './layout.ts'

const sheet = (...rows: readonly (readonly (string | number | null)[])[]) => rows.map((cells, i) => ({ line: i + 1, cells }))

describe('the layout of a pushed list', () => {
  it('is found below titles, and its columns by the words of the headings', () => {
    const layout = findLayout(
      sheet(
        ['关于核查返乡人员的函'],
        ['截至2月14日'],
        ['序号', '姓 名', '身份证号码', '联系电话', '现住址', '到达时间', '备注'],
        [1, '测试甲'],
      ),
    )
    expect(layout?.line).toBe(3)
    expect(guessMeanings(layout?.headings ?? []).meanings).toEqual(['nothing', 'name', 'document', 'phone', 'address', 'arrivedOn', 'note'])
    expect(guessMeanings(['Name', 'ID no', 'Phone', 'Date of arrival']).meanings).toEqual(['name', 'document', 'phone', 'arrivedOn'])
  })

  it('in two rows is one heading, whichever of them says more', () => {
    const wide = findLayout(
      sheet(
        ['2020年2月13日推送名单', null, null, null, null],
        ['序号', '姓名', '证件', null, '联系方式', null],
        [null, null, '类型', '号码', '电话', '住址'],
        [1, '测试甲', '身份证', 'E00000001', '13800000000', '红星村'],
      ),
    )
    expect([wide?.line, wide?.day, wide?.headings]).toEqual([3, '2020-02-13', ['序号', '姓名', '证件类型', '证件号码', '电话', '住址']])
    expect(guessMeanings(wide?.headings ?? []).meanings).toEqual(['nothing', 'name', 'nothing', 'document', 'phone', 'address'])
    const above = findLayout(
      sheet(['名单'], ['序号', '基本情况', null, '到达日期'], [null, '姓名', '证件号码', null], [1, '测试甲', 'E00000001', '2月11日']),
    )
    expect([above?.line, above?.headings]).toEqual([3, ['序号', '姓名', '证件号码', '到达日期']])
    const people = findLayout(
      sheet(
        ['名单'],
        ['序号', '人员信息', null, null, '到达日期', '现住址', '备注'],
        [null, '姓名', '身份证号码', '手机号', null, null, null],
        ['1', '测试甲', 'E00000001', '13800000071', '2月11日', '红星村', null],
      ),
    )
    expect([people?.line, people?.headings]).toEqual([3, ['序号', '姓名', '身份证号码', '手机号', '到达日期', '现住址', '备注']])
    // Whose a column is, and of what it is the day, may stand above.
    const whose = findLayout(
      sheet(
        ['名单'],
        ['序号', '户主', null, '返乡人员', null, '离开武汉', '返回'],
        [null, '姓名', '身份证号', '姓名', '身份证号', '日期', '日期'],
        ['1', '测试甲', 'E00000001', '测试乙', 'E00000002', '2月4日', '2月5日'],
      ),
    )
    expect(whose?.headings).toEqual(['序号', '户主姓名', '户主身份证号', '姓名', '身份证号', '离开武汉日期', '返回日期'])
    expect(guessMeanings(whose?.headings ?? []).meanings.slice(1)).toEqual([
      'nothing',
      'nothing',
      'name',
      'document',
      'nothing',
      'arrivedOn',
    ])
    const three = findLayout(
      sheet(
        ['填报单位：巴州区', null, null, null, '2020-02-13'],
        ['序号', '人员', null, null, '返回', null],
        [null, '身份', null, '联系', '何时', '何地'],
        [null, '姓名', '公民身份号码', '电话', null, null],
        [1, '测试甲', 'E00000001', '13800000071', '2月4日', '武汉'],
      ),
    )
    expect([three?.line, three?.day, three?.headings]).toEqual([
      4,
      '2020-02-13',
      ['序号', '姓名', '公民身份号码', '电话', '返回何时', '何地'],
    ])
    // A heading may have a number in it, as the register of returnees has; who sent the list and when is none.
    const days = findLayout(
      sheet(
        ['名单'],
        ['单位：测试指挥部', null, null, '填报日期：2020年2月13日'],
        ['姓名', '证件号码', '行程', null, null],
        [null, null, '来源地', '到达日期', '14天旅居史'],
        ['测试甲', 'E00000001', '武汉', '2月11日', '无'],
      ),
    )
    expect([days?.line, days?.day, days?.headings]).toEqual([4, '2020-02-13', ['姓名', '证件号码', '来源地', '到达日期', '行程14天旅居史']])
    const sent = (day: string) => findLayout(sheet(['单位：甲', null, day], ['姓名', '证件号码', null], ['测试甲', 'E00000001', '1']))
    expect(sent('填报日期：2020年2月13日')?.headings).toEqual(['姓名', '证件号码', ''])
    expect(sent('填报日期：2020年2月13日')?.fingerprint).toBe(sent('填报日期：2020年2月14日')?.fingerprint)
    // Somebody without a number is nobody's heading.
    expect(findLayout(sheet(['姓名', '证件号码', '住址'], [null, '不详', '红星村3组']))?.line).toBe(1)
    expect(findLayout(sheet(['姓名', '证件号码', '住址'], ['测试甲', '不详', '红星村']))?.line).toBe(1)
  })

  it('has one fingerprint for one sender, whatever stands in the list', () => {
    const of = (...headings: string[]) => findLayout(sheet(headings, ['x']))?.fingerprint
    expect(of('姓名', '证件号码')).toBe(of(' 姓名 ', '证件号码（必填）'))
    expect(of('姓名', '证件号码')).not.toBe(of('证件号码', '姓名'))
  })

  it('takes meanings from outside only one for each column, none twice', () => {
    expect(isMeanings(['name', 'document'], 2)).toBe(true)
    expect(isMeanings(['name', 'note', 'note'], 3)).toBe(true)
    expect(isMeanings(['name', 'name'], 2)).toBe(false)
    expect(isMeanings(['name'], 2)).toBe(false)
    expect(isMeanings(['name', 'secret'], 2)).toBe(false)
  })
})

const number = (serial: string) => {
  const seventeen = `519900199001010${serial}`.slice(0, 17)
  return seventeen + idCheckCharacter(seventeen)
}

describe('a row', () => {
  const read = (document: unknown, arrived: unknown = '2020年2月4日') =>
    readPushed({ line: 2, cells: ['测试甲', document, arrived] as never }, ['name', 'document', 'arrivedOn'])

  it('is read in the forms that people write', () => {
    expect(read(` ${number('01').toLowerCase()}`)).toMatchObject({ name: '测试甲', document: number('01'), arrivedOn: '2020-02-04' })
    expect(read('519900900101001').document).toHaveLength(18)
    expect(read('E00000000', '2020/2/4 08:30')).toMatchObject({ document: 'E00000000', arrivedOn: '2020-02-04' })
  })

  it('has its day of arrival however it is written, its year from the date of the list, and says what is no day', () => {
    const on = (written: unknown, day?: string) => {
      const { arrivedOn, undated } = readPushed(
        { line: 2, cells: ['测试甲', 'E00000000', written] as never },
        ['name', 'document', 'arrivedOn'],
        day,
      )
      return undated ? 'undated' : arrivedOn
    }
    for (const written of [
      43872,
      '43872',
      43872.5,
      '2020年2月11日14时',
      '２０２０．２．１１',
      '2020-02-11T08:30',
      '2020 年 2 月 11 日',
      '20200211',
    ])
      expect(on(written), String(written)).toBe('2020-02-11')
    for (const written of ['2月11日', '2.11', '02-11', '2月11号上午', '2 月 11 日'])
      expect(on(written, '2020-02-14'), written).toBe('2020-02-11')
    // The year before, where the day would lie after the list.
    expect(on('12月28日', '2020-02-14')).toBe('2019-12-28')
    expect(on('2月29日', '2021-01-05')).toBe('2020-02-29')
    for (const written of ['2月11日', '正月十八', '2020年2月30日', '20.2.11', '13月1日', '昨天'])
      expect(on(written), written).toBe('undated')
    expect(on('2月30日', '2020-03-14')).toBe('undated')
    expect([on('不详'), on(null), on(' / ')]).toEqual([undefined, undefined, undefined])
    const judged = judgeRow({ line: 2, name: '测试甲', document: number('01'), undated: true }, undefined, '2020-02-14', 14)
    expect([judged.outcome, judged.why.zh]).toEqual(['missed', expect.stringContaining('到达日期认不出')])
  })

  it('is not a sum or a signature below the list, and is one whatever somebody is called', () => {
    const meanings: readonly Meaning[] = ['nothing', 'name', 'document', 'phone']
    const below = (...cells: (string | null)[]) => isBelowList({ line: 9, cells }, meanings)
    expect([below('合 计', null, null, '  '), below(null, '总计：25人', null, null), below('填表人：测试甲', null, '', null)]).toEqual([
      true,
      true,
      true,
    ])
    expect([below('26', '总计', number('01'), null), below('26', '测试甲', null, null), below('26', 'Totalli', null, null)]).toEqual([
      false,
      false,
      false,
    ])
    expect(below('合计', null, null, '13800000071')).toBe(false)
    // Who checked the list stands wherever there is room.
    expect([
      below('填表人：测试甲', null, null, '审核：测试乙'),
      below('合计', '9人', '9', '8'),
      below('26', '测试甲', '不详', '不详'),
    ]).toEqual([true, true, false])
    for (const remark of ['以上人员请于2月15日前核查反馈。', '备注 1、未返乡的不报', '※涂色的为重点人员'])
      expect([remark, below(remark, null, null, null), below(null, remark, null, null)]).toEqual([remark, true, true])
    for (const remark of ['共5人', '注：本表由各村填写', '联系人：测试乙　电话：见通讯录', '单位（盖章）：测试村　填报时间：2月13日'])
      expect([remark, below(remark, null, null, null), below(null, remark, null, null)]).toEqual([remark, true, true])
  })

  it('is wrong without a document, with a wrong check character, or for the second time', () => {
    expect(fault({ line: 2, name: '测试甲' }, undefined)?.zh).toContain('请补充证件号码，或姓名和电话')
    expect(fault({ line: 2, name: '测试甲', phone: '13800000000', reachable: true }, undefined)).toBeUndefined()
    expect(fault({ line: 2 }, undefined)?.zh).toBe('姓名和证件号码都没有')
    expect(fault({ line: 2, document: `${number('01').slice(0, 17)}?` }, undefined)?.en).toContain('check character')
    expect(fault({ line: 2, document: `${number('01').slice(0, 16)}00` }, undefined)?.en).toContain('check character')
    expect(fault({ line: 5, document: number('01') }, label('第2行', 'line 2'))?.zh).toBe('与第2行重复')
    expect(fault({ line: 2, document: 'E00000000' }, undefined)).toBeUndefined()
    expect(fault({ line: 2, document: number('01') }, undefined, '2020-02-14')).toBeUndefined()
    expect(fault({ line: 2, document: number('01') }, undefined, '1989-12-31')?.zh).toContain('出生日期还没有到')
  })

  it('is found, missed, not ours or past by what the register and the observation say', () => {
    const known: Known = { person: 'p', area: 'a', ours: true, sameName: true }
    const judge = (who: Known | undefined, arrivedOn?: string) =>
      judgeRow({ line: 2, name: '测试甲', document: number('01'), ...(arrivedOn ? { arrivedOn } : {}) }, who, '2020-02-14', 14).outcome
    expect(judge({ ...known, watch: { id: 'w', state: 'watching' } })).toBe('found')
    expect(judge({ ...known, watch: { id: 'w', state: 'absent' } })).toBe('found')
    expect(judge({ ...known, watch: { id: 'w', state: 'released' } })).toBe('past')
    expect(judge(known)).toBe('missed')
    expect(judge(undefined)).toBe('missed')
    expect(judge(undefined, '2020-01-30')).toBe('past')
    expect(judge(undefined, '2020-01-31')).toBe('missed')
    expect(judge({ ...known, sameName: false })).toBe('wrong')
    expect(judge({ ...known, ours: false, elsewhere: '通江县', watch: { id: 'w', state: 'watching' } })).toBe('notResident')
  })
})
