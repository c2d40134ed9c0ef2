import type { Label, ParameterReader } from '@guatu/kernel'

/** What an order does. The law treats them differently: who decides, before or after. */
export const MEASURES = {
  closeArea: { zh: '封闭管理（小区、村组）', en: 'Closed management' },
  isolatePlace: { zh: '隔离场所', en: 'Isolation of a place' },
  closePlace: { zh: '封闭场所', en: 'Closing of a place' },
  market: { zh: '限制集市和人群聚集', en: 'Limits on markets and gatherings' },
  suspension: { zh: '停工、停业、停课', en: 'Stop of work, business or classes' },
  road: { zh: '封闭道路', en: 'Closing of a road' },
} as const satisfies Record<string, Label>

export type Measure = keyof typeof MEASURES

/** A provision and the version of the law in which it stands. */
export interface Basis {
  readonly basis: Label
  readonly version: Label
}

/** Reads one entry of the dated list of provisions: `条款 @ 版本 | provision @ version`. */
export function readBasis(entry: string): Basis | undefined {
  const [zh, en] = entry.split('|').map((part) => part.split('@').map((word) => word.trim()))
  const [basisZh, versionZh] = zh ?? []
  const [basisEn, versionEn] = en ?? []
  return basisZh && versionZh && basisEn && versionEn
    ? { basis: { zh: basisZh, en: basisEn }, version: { zh: versionZh, en: versionEn } }
    : undefined
}

/** The provisions on which a measure may rest on the reader's day. */
export const basesOf = (measure: string, parameter: ParameterReader): readonly Basis[] =>
  parameter<readonly string[]>(`closures.law.${measure}`, []).flatMap((entry) => readBasis(entry) ?? [])

/** Does this measure act at once and is reported up, to be approved or refused afterwards? */
export const actsAtOnce = (measure: string | undefined, parameter: ParameterReader): boolean =>
  measure !== undefined && parameter<readonly string[]>('closures.approval.after', []).includes(measure)
