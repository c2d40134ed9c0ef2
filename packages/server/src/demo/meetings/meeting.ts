/** A meeting of the demonstration city and what came of it, in the words of this folder. */

/** What a unit did on a day: `at` is `MM-DD HH:mm` in city time, 2020. */
export type Step =
  | { readonly at: string; readonly unit: string; readonly do: 'sign' }
  | {
      readonly at: string
      readonly unit: string
      readonly do: 'update'
      readonly percent: number
      readonly text: string
      readonly problems?: string
    }
  | { readonly at: string; readonly unit: string; readonly do: 'report'; readonly text: string }
  | {
      readonly at: string
      readonly unit: string
      readonly do: 'askExtension'
      readonly to: string
      readonly text: string
      readonly reason: string
    }
  | { readonly at: string; readonly unit: string; readonly do: 'grantExtension' }
  | {
      readonly at: string
      readonly unit: string
      readonly do: 'chase'
      readonly how: 'phone' | 'letter' | 'visit' | 'site'
      readonly text: string
    }
  | { readonly at: string; readonly unit: string; readonly do: 'accept'; readonly text: string }
  | { readonly at: string; readonly unit: string; readonly do: 'return'; readonly reason: 'facts' | 'unfinished'; readonly text: string }

export interface DemoDirective {
  readonly quote: string
  readonly action: string
  readonly domain: string
  readonly soft?: boolean
  readonly urgency?: string
  readonly lead?: string
  readonly assisting?: readonly string[]
  readonly due?: string
  readonly steps?: readonly Step[]
  /** When the leader closed it. */
  readonly closed?: string
}

export interface DemoMeeting {
  readonly title: string
  readonly body: string
  readonly session: number
  readonly heldOn: string
  /** When the clerk wrote it down; approval and assignment follow within the hour. */
  readonly recordedAt: string
  readonly opening: string
  readonly directives: readonly DemoDirective[]
}

/** Units of the five counties. */
export const COUNTIES = ['u-hq-511902', 'u-hq-511903', 'u-hq-511921', 'u-hq-511922', 'u-hq-511923'] as const
export const sign = (unit: string, at: string): Step => ({ at, unit, do: 'sign' })
export const update = (unit: string, at: string, percent: number, text: string, problems?: string): Step => ({
  at,
  unit,
  do: 'update',
  percent,
  text,
  ...(problems === undefined ? {} : { problems }),
})
export const report = (unit: string, at: string, text: string): Step => ({ at, unit, do: 'report', text })
export const accept = (unit: string, at: string, text = '事实清楚，同意办结。'): Step => ({ at, unit, do: 'accept', text })

/** A unit that signs, reports twice and hands in its work. */
export const wholeCourse = (
  unit: string,
  days: readonly [signed: string, half: string, done: string, reviewed: string],
  what: string,
): Step[] => [
  sign(unit, days[0]),
  update(unit, days[1], 60, `${what}已完成六成（演示）。`),
  report(unit, days[2], `${what}已全部完成，名单和照片附后（演示）。`),
  accept(unit, days[3]),
]
