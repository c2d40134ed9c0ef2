/** What a command of `plan` is. */
import type { Planned } from '../../src/planning/anytime/plan.ts'
import type { Language } from '../command.ts'
import type { Settings, Sheet } from '../forms/form.ts'
import type { Workbook } from '../forms/read.ts'
import type { Filled, ResultSheet } from '../forms/write.ts'

export interface PlanRequest {
  readonly workbook: Workbook
  /** Seconds on the wall that may be searched; planners that end by themselves take no notice. */
  readonly seconds: number
  readonly threads: number
  readonly seed: number
  readonly language: Language
  /** Options of the command's own. */
  readonly values: Readonly<Record<string, string | undefined>>
}

export interface PlanAnswer {
  readonly planned: Planned<object>
  /** What the independent checker found; a plan with faults is never handed out. */
  readonly faults: readonly string[]
  /** What a person should know beside the plan, such as places whose position was guessed. */
  readonly notes: readonly { readonly zh: string; readonly en: string }[]
  /** The plan in the names of the workbook, where the planner itself counts in numbers; goes into `--json`. */
  readonly named?: object
  sheets(): readonly ResultSheet[]
  picture(): string
}

export interface PlanCommand {
  readonly name: string
  readonly zh: string
  readonly en: string
  readonly sheets: readonly Sheet[]
  readonly settings: Settings
  readonly options: Readonly<Record<string, { readonly zh: string; readonly en: string; readonly fallback?: string }>>
  /** A small city in a workbook, to run as it is and to overwrite with one's own rows. */
  readonly example: { readonly filled: readonly Filled[]; readonly settings?: Readonly<Record<string, string>> }
  run(request: PlanRequest): Promise<PlanAnswer>
}

/** Seconds since midnight as people write them; days later are counted. */
export function clockWords(seconds: number, language: Language): string {
  const days = Math.floor(seconds / 86_400)
  const minutes = Math.round((seconds - days * 86_400) / 60)
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  if (days === 0) return time
  return language === 'zh' ? (days === 1 ? `次日${time}` : `第${days + 1}日${time}`) : `+${days} ${time}`
}

/** The bound beside a plan, in words: how far it may be from the best. */
export function proofRows(planned: Planned<object>, language: Language, unit: string): readonly (readonly [string, string | number])[] {
  if (!planned.ok) return []
  const { objective, bound, gap, proof } = planned
  const share = gap.denominator === 0 ? 0 : (100 * gap.numerator) / gap.denominator
  const zh = language === 'zh'
  return [
    [zh ? `目标值（${unit}）` : `Objective (${unit})`, Math.round(objective * 1000) / 1000],
    [zh ? `已证明的界（${unit}）` : `Proven bound (${unit})`, Math.round(bound * 1000) / 1000],
    [zh ? '与界的差距' : 'Gap to the bound', `${share.toFixed(2)} %`],
    [zh ? '证明方法' : 'Proof', zh ? proof.zh : proof.en],
  ]
}
