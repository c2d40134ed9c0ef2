import { expect, it } from 'vitest'
import { apart, namesOf, whence } from './whence.ts'

const LIST = ['42', '湖北', '武汉', '3303', '温州']
const from = (origin: string, more: { via?: string; originCode?: string } = {}) => {
  const { listed, known } = whence(LIST, { origin, ...more })
  return listed !== undefined ? 'listed' : known ? 'other' : 'unknown'
}

it.each([
  ...['湖北省武汉市', '武汉', '湖 北 武汉', '黄冈', '孝感市', '武昌', '汉口', '汉阳区', '武昌火车站', '麻城', '仙桃', '恩施州', '湖北某县'],
  ...['温州', '浙江省温州市', '浙江乐清', '沙市', '武汉市街道口', '成都，经武汉市', '武漢'],
  ...[
    'Wuhan, Hubei',
    'WUHAN',
    'Hubei Province',
    'Huang gang',
    'Xiaogan city',
    'Wuhanshi',
    'Hankow',
    'Wuchang',
    'Wenzhou, Zhejiang',
    'Macheng',
  ],
])('%s is on the list', (origin) => expect(from(origin)).toBe('listed'))

it.each([
  ...['湖北路成都市', '四川湖北路', '成都市武汉大道12号', '重庆市武汉热干面馆', '重庆万州', '河北省', '北京市', '广东省东莞市', '长沙市'],
  ...['内蒙古包头市青山区', '义乌', '浙江义乌', '江苏昆山市', '四川省达州市142号', '湖南华容县'],
  ...['Chengdu, Hubei Road', 'Chongqing Qianjiang', 'Qianjiang, Chongqing', "Xi'an", 'Shenzhen'],
])('%s is a place elsewhere', (origin) => expect(from(origin)).toBe('other'))

it.each(['湖北路', '武汉大酒店', '武汉酒店', '外地', '不详', '老家', '某省某市', 'abroad', '', '公安局', 'Wuhan Road'])(
  '%s names no place: nothing follows from it',
  (origin) => expect(from(origin)).toBe('unknown'),
)

it('knows a place by its code, and places on the way by name', () => {
  expect(from('老家', { originCode: '420900' })).toBe('listed')
  expect(from('老家', { originCode: '510100' })).toBe('other')
  expect(whence(LIST, { origin: '北京市', via: '汉口转车' })).toEqual({ listed: '汉口', known: true })
  expect(from('北京市', { via: '湖北路' })).toBe('other')
})

it('goes by the list as it stands: a name beside the gazetteer, a city alone, nothing at all', () => {
  expect(whence(['某某岛'], { origin: '某某岛' }).listed).toBe('某某岛')
  expect(whence(['4201'], { origin: '湖北省黄冈市' })).toEqual({ known: true })
  expect(whence(['台州'], { origin: 'Taizhou' }).listed).toBe('Taizhou')
  expect(whence([], { origin: '武汉' })).toEqual({ known: true })
  expect(namesOf(LIST)).toEqual({ zh: '湖北、温州', en: 'Hubei, Wenzhou' })
})

it('tells places apart where neither lies in the other, however they are written', () => {
  for (const [one, other] of [
    ['四川省成都市', '湖北武汉'],
    ['Chengdu', '武汉市'],
    ['湖北', '广东省深圳市'],
  ] as const)
    expect([apart(one, other), apart(other, one)]).toEqual([true, true])
  for (const [one, other] of [
    ['武汉', '湖北省武汉市'],
    ['湖北', '武汉市江夏区'],
    ['Wuhan, Hubei', '武汉'],
    ['老家', '武汉'],
    ['', '武汉'],
  ] as const)
    expect([apart(one, other), apart(other, one)]).toEqual([false, false])
})
