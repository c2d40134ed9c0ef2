import { count, defineDomain, erase, sum, times } from '@guatu/kernel'
import { lamp } from './lamp.ts'
import { repair } from './repair.ts'
import { visitor } from './visitor.ts'

/** A fictional domain, the fixture of all engine tests: it uses every kind and every feature, and no city depends on it. */
export const lighthouse = defineDomain({
  name: 'lighthouse',
  label: { zh: '灯塔', en: 'Lighthouses' },
  records: [erase(lamp), erase(repair), erase(visitor)],
  indicators: {
    lit: {
      label: { zh: '点亮灯塔', en: 'Lamps lit' },
      value: count(lamp, { state: 'lit' }),
      per: count(lamp, { state: ['lit', 'dark'] }),
      good: 'up',
    },
    candela: { label: { zh: '总光强', en: 'Candela in all' }, value: sum(lamp, 'candela', { state: 'lit' }), good: 'up' },
    redLit: { label: { zh: '红灯', en: 'Red lamps lit' }, value: count(lamp, { state: 'lit', colour: 'red' }), good: 'none' },
    lightings: { label: { zh: '点亮次数', en: 'Lightings' }, value: times(lamp, ['light']), good: 'none' },
    visitors: { label: { zh: '在塔访客', en: 'Visitors here' }, value: count(visitor, { state: 'here' }), good: 'none' },
    nights: { label: { zh: '住宿晚数', en: 'Nights' }, value: sum(visitor, 'nights', { state: ['here', 'gone', 'erased'] }), good: 'none' },
    openRepairs: {
      label: { zh: '未完成检修', en: 'Open repairs' },
      value: count(repair, { state: 'open' }),
      good: 'down',
      alert: { above: 10 },
    },
  },
  parameters: [
    {
      code: 'lighthouse.oil.hot',
      label: { zh: '油温上限', en: 'Oil too hot from' },
      settings: [{ value: 40, instrument: { zh: '灯塔规程', en: 'Lighthouse rules' } }],
    },
  ],
})
