/** An order that closes a village, as an office drafts it. */
export const ORDER = {
  title: '测试村封闭管理',
  measure: 'closeArea',
  basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项',
  basisVersion: '2013年修正',
  reason: '测试',
  scope: '测试村',
  start: '2020-02-14T01:00:00.000Z',
  end: '2020-02-24T10:00:00.000Z',
  reviewBy: '2020-02-20',
  announcement: '自即日起对测试村实行封闭管理。',
  outings: 1,
  outingDays: 2,
}
