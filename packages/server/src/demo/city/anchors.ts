/**
 * What is really known of Bazhong in these weeks, and stands as it was published.
 * Cases: municipal health commission, as of 24:00 (1 Feb 8, 2 Feb 12, 4 Feb 15, 9 Feb 22, 13 Feb 24, no deaths); by county on
 * 13 February: 巴州 15, 通江 5, 平昌 3, 恩阳 1, 南江 0. Which county had its cases on which day was not published: ours.
 */
export const CASES: readonly { readonly day: string; readonly county: string; readonly confirmed: number; readonly discharged: number }[] =
  [
    { day: '2020-01-27', county: '511902', confirmed: 2, discharged: 0 },
    { day: '2020-01-29', county: '511921', confirmed: 1, discharged: 0 },
    { day: '2020-01-31', county: '511902', confirmed: 3, discharged: 0 },
    { day: '2020-02-01', county: '511923', confirmed: 2, discharged: 0 },
    { day: '2020-02-02', county: '511902', confirmed: 3, discharged: 0 },
    { day: '2020-02-02', county: '511921', confirmed: 1, discharged: 0 },
    { day: '2020-02-04', county: '511902', confirmed: 2, discharged: 0 },
    { day: '2020-02-04', county: '511903', confirmed: 1, discharged: 0 },
    { day: '2020-02-07', county: '511902', confirmed: 2, discharged: 0 },
    { day: '2020-02-07', county: '511921', confirmed: 2, discharged: 0 },
    { day: '2020-02-09', county: '511902', confirmed: 2, discharged: 0 },
    { day: '2020-02-09', county: '511923', confirmed: 1, discharged: 0 },
    { day: '2020-02-10', county: '511902', confirmed: 0, discharged: 1 },
    { day: '2020-02-13', county: '511902', confirmed: 1, discharged: 0 },
    { day: '2020-02-13', county: '511921', confirmed: 1, discharged: 0 },
  ]
export const CASES_SOURCE = '巴中市卫生健康委通报的累计数；分区县、分日为示例 / published totals; days and counties are ours'

/**
 * Close contacts observed so far, released, still observed, as published in bulletins that carry no date here; the days are ours. The
 * demonstration city meets these figures exactly: observed so far = released + still observed.
 */
export const CONTACTS: readonly { readonly day: string; readonly observed: number; readonly released: number }[] = [
  { day: '2020-02-06', observed: 341, released: 95 },
  { day: '2020-02-07', observed: 374, released: 102 },
  { day: '2020-02-10', observed: 466, released: 134 },
]
