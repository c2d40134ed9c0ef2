/** An order of county 11 of the small city that closes village 11a1 from 2020-02-10 on; what it allows is the test's. */
export const ORDER_OF_11A1 = {
  title: '一村封闭管理',
  measure: 'closeArea',
  organ: '11',
  basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项',
  basisVersion: '2013年修正',
  reason: '村内发现确诊病例',
  scope: '一村',
  areas: ['11a1'],
  start: '2020-02-10T00:00:00.000Z',
  end: '2020-02-20T10:00:00.000Z',
  reviewBy: '2020-02-15',
  announcement: '公告',
} as const
