/** How people are fetched, and whereto. */
export const FETCHED = { vehicle: '示例救护车', clinic: '示例医院发热门诊' } as const
