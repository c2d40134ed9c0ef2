import type { Label } from '@guatu/kernel'

/** What a line of the daily report takes from the books of its indicator. */
export type Part = 'stock' | 'entered' | 'left'

/** One figure of the daily report, the same for every area. The indicators are those of other domains, by name. */
export interface Line {
  readonly key: string
  readonly label: Label
  readonly indicator: string
  readonly part: Part
  /** A second indicator that is added, of people whom the first does not count. */
  readonly also?: string
}

const line = (key: string, zh: string, en: string, indicator: string, part: Part = 'stock'): Line => ({
  key,
  label: { zh, en },
  indicator,
  part,
})

const UNOBSERVED = 'monitoring.confirmedUnobserved'
/** Everybody whom the clinic confirmed, whether an observation ended by it or not. */
const confirmed = (key: string, zh: string, en: string, part: Part = 'stock'): Line => ({
  ...line(key, zh, en, 'monitoring.confirmed', part),
  also: UNOBSERVED,
})

const STOCKS: readonly Line[] = [
  line('observed', '正在观察', 'Under observation', 'monitoring.observed'),
  line('central', '其中集中', 'of these at a central site', 'monitoring.observed.central'),
  line('home', '其中居家', 'of these at home', 'monitoring.observed.home'),
  line('self', '其中自我监测', 'of these self-monitoring', 'monitoring.observed.self'),
]

const STATE: readonly Line[] = [
  line('signs', '发热或有症状', 'Fever or signs', 'monitoring.signs'),
  line('suspected', '当日转疑似', 'Suspected today', 'monitoring.suspected', 'entered'),
  confirmed('confirmed', '累计转确诊', 'Confirmed so far'),
  line('lost', '失访', 'Lost contact', 'monitoring.lost'),
  line('readings', '当日测温', 'Readings today', 'monitoring.readings', 'entered'),
]

/**
 * 每日汇总: the columns that offices send up, in their order. Released are those released; whoever left otherwise stands under the lawful reason.
 * Observed = yesterday + entered + observed again − released − left otherwise − entered wrongly. Who was confirmed or died after having been
 * transferred is named under both reasons, and left once. Who was confirmed without being under observation is no exit, and stands beside.
 */
export const LINES: readonly Line[] = [
  line('cumulative', '累计观察', 'Observed so far', 'monitoring.cumulative'),
  line('entered', '当日新增', 'Entered today', 'monitoring.cumulative', 'entered'),
  line('again', '当日恢复观察', 'Observed again today', 'monitoring.otherExits', 'left'),
  line('releasedToday', '当日解除', 'Released today', 'monitoring.released', 'entered'),
  line('otherToday', '当日其他退出', 'Left otherwise today', 'monitoring.otherExits', 'entered'),
  confirmed('confirmedToday', '当日转确诊', 'Confirmed today', 'entered'),
  line('unobservedToday', '其中未在观察', 'of these not under observation', UNOBSERVED, 'entered'),
  line('transferredToday', '当日转出、离开', 'Transferred or departed today', 'monitoring.transferred', 'entered'),
  line('diedToday', '当日死亡', 'Died today', 'monitoring.died', 'entered'),
  line('wrongToday', '当日误录、重录', 'Entered wrongly or twice, today', 'monitoring.cumulative', 'left'),
  ...STOCKS,
  line('released', '累计解除', 'Released so far', 'monitoring.released'),
  line('otherExits', '累计其他退出', 'Left otherwise so far', 'monitoring.otherExits'),
  ...STATE,
  line('arrivedToday', '当日返巴', 'Arrived today', 'monitoring.arrived', 'entered'),
  line('listedToday', '其中疫情较重地区', 'of these from listed places', 'monitoring.arrivedListed', 'entered'),
  line('declaredToday', '当日返巴申报', 'Arrivals declared today', 'monitoring.arrivals', 'entered'),
  line('departures', '当日离巴', 'Departures today', 'monitoring.departed', 'entered'),
]

/** The columns of reports that do not name theirs: they were frozen when whoever left for any reason was called released, and arrivals were counted as declared. */
export const EARLIER_LINES: readonly Line[] = [
  line('cumulative', '累计观察', 'Observed so far', 'monitoring.cumulative'),
  line('entered', '当日新增', 'Entered today', 'monitoring.observed', 'entered'),
  line('left', '当日解除', 'Left today', 'monitoring.observed', 'left'),
  ...STOCKS,
  line('released', '累计解除', 'Released so far', 'monitoring.released'),
  line('otherExits', '其他退出', 'Left otherwise', 'monitoring.otherExits'),
  ...STATE.map(({ also: _, ...one }) => one),
  line('arrivals', '当日返巴', 'Arrivals today', 'monitoring.arrivals', 'entered'),
  line('listed', '其中疫情较重地区', 'of these from listed places', 'monitoring.arrivalsListed', 'entered'),
  line('departures', '当日离巴', 'Departures today', 'monitoring.departures', 'entered'),
]

/** The columns of a report: those it was composed with. */
export const linesOf = ({ lines }: { readonly lines?: readonly Line[] }): readonly Line[] => lines ?? EARLIER_LINES

/** What a line is called, in the reports of today and of before. */
export const labelOf = (key: string): Label | undefined => [...LINES, ...EARLIER_LINES].find((one) => one.key === key)?.label

/** Classes of the observed, whose stock, entries and exits are reported each by itself. */
export const CLASSES: readonly { readonly key: string; readonly label: Label; readonly indicator: string }[] = [
  { key: 'contact', label: { zh: '密切接触者', en: 'Close contacts' }, indicator: 'monitoring.observed.contact' },
  { key: 'listed', label: { zh: '疫情较重地区返回', en: 'From listed places' }, indicator: 'monitoring.observed.listed' },
  { key: 'other', label: { zh: '其他地区返回', en: 'From elsewhere' }, indicator: 'monitoring.observed.other' },
  { key: 'exposed', label: { zh: '同点暴露', en: 'Exposed at a site' }, indicator: 'monitoring.observed.exposed' },
  { key: 'recovered', label: { zh: '出院后观察', en: 'After discharge' }, indicator: 'monitoring.observed.recovered' },
]

/** Every indicator that a daily report reads. */
export const INDICATORS: readonly string[] = [
  ...new Set([...[...LINES, ...EARLIER_LINES, ...CLASSES].map(({ indicator }) => indicator), UNOBSERVED]),
]

/** Work of the day that shows an area did report, even where nothing stands in the stocks. */
export const SIGNS_OF_WORK: readonly string[] = [
  'monitoring.observed',
  'monitoring.readings',
  'monitoring.arrivals',
  'monitoring.departures',
  'daily.zeroReports',
]

/** What an area that has nothing to report cannot have on that day. Readings of those who were there before are no news. */
export const NEWS: readonly { readonly label: Label; readonly indicator: string }[] = [
  { label: { zh: '新纳入观察', en: 'Entries into observation' }, indicator: 'monitoring.observed' },
  { label: { zh: '返巴申报', en: 'Arrivals declared' }, indicator: 'monitoring.arrivals' },
  { label: { zh: '离巴', en: 'Departures' }, indicator: 'monitoring.departures' },
  { label: { zh: '转疑似', en: 'Suspected' }, indicator: 'monitoring.suspected' },
  { label: { zh: '转确诊', en: 'Confirmed' }, indicator: 'monitoring.confirmed' },
  { label: { zh: '未在观察的确诊', en: 'Confirmed, not under observation' }, indicator: UNOBSERVED },
]
