import type { Label } from '../label.ts'

/** A number or list of a rule, with the instrument that set it and the days it holds (design law 7). */
export interface ParameterDef {
  readonly code: string
  readonly label: Label
  readonly unit?: Label
  /** What the values are called, where they are chosen from a list. */
  readonly options?: Readonly<Record<string, Label>>
  /** In force until another setting says otherwise. */
  readonly settings: readonly ParameterSetting[]
}

export interface ParameterSetting {
  readonly value: number | string | boolean | readonly (string | number)[]
  /** First and last day in force, `YYYY-MM-DD`; open where left out. */
  readonly from?: string
  readonly to?: string
  /** Area id (path prefix) where it holds; everywhere when left out. */
  readonly path?: string
  /** Who set it, in which document. */
  readonly instrument: Label
}

export type ParameterReader = <T extends ParameterSetting['value']>(code: string, fallback?: T) => T

/**
 * The setting in force on a day at a place: among those that hold, the one for the nearest area, then the latest start.
 * @throws RangeError when no setting holds and no fallback is given: a rule without its number must not be applied.
 */
export function settingAt(settings: readonly ParameterSetting[], day: string, path = ''): ParameterSetting | undefined {
  let best: ParameterSetting | undefined
  for (const one of settings) {
    if ((one.from ?? '') > day || (one.to !== undefined && one.to < day)) continue
    if (one.path !== undefined && !path.startsWith(one.path)) continue
    const nearer = (one.path?.length ?? 0) - (best?.path?.length ?? 0)
    if (!best || nearer > 0 || (nearer === 0 && (one.from ?? '') >= (best.from ?? ''))) best = one
  }
  return best
}

export function readParameters(all: ReadonlyMap<string, readonly ParameterSetting[]>, day: string, path = ''): ParameterReader {
  return <T extends ParameterSetting['value']>(code: string, fallback?: T): T => {
    const value = settingAt(all.get(code) ?? [], day, path)?.value ?? fallback
    if (value === undefined) throw new RangeError(`No setting of parameter ${code} on ${day}`)
    return value as T
  }
}
