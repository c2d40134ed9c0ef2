/** An order that closes the village 书台村 from 2020-02-14 on, as a county drafts it; areas and what it allows are the test's. */
export const VILLAGE_ORDER = {
  title: '书台村封闭管理',
  measure: 'closeArea',
  basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项',
  basisVersion: '2013年修正',
  reason: '村内发现确诊病例',
  scope: '书台村',
  start: '2020-02-14T01:00:00.000Z',
  end: '2020-02-24T10:00:00.000Z',
  reviewBy: '2020-02-20',
  announcement: '为防止疫情扩散，自即日起对书台村实行封闭管理。',
} as const
