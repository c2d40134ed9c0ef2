import { dailyFigures } from '@guatu/domains'
import { fullDayWords, type Lang } from '@guatu/kernel'
import { type Part, setDocument } from '../official/document.ts'
import { classTableOf, tableOf } from './compose.ts'
import { asOfLine, countiesLine, sinceLine } from './words.ts'

/** Columns that fit the width of a page; the other exits stand in the sentence above, the workbook has them all. */
const ON_PAGE = ['entered', 'releasedToday', 'observed', 'central', 'home', 'signs', 'lost', 'arrivedToday']
/** The same of a report that was frozen with the columns of before. */
const ON_EARLIER_PAGE = ['entered', 'left', 'observed', 'central', 'home', 'signs', 'lost', 'arrivals']

/** The daily report as an official document: what the duty officer signs and sends up. */
export function dailyDocument(content: dailyFigures.DailyContent, lang: Lang): Promise<Buffer> {
  const zh = lang === 'zh'
  const lines = dailyFigures.linesOf(content)
  const value = (key: string) => {
    const line = lines.find((one) => one.key === key)
    return line ? dailyFigures.figureOf(content.total, line) : 0
  }
  const onPage = content.lines === undefined ? ON_EARLIER_PAGE : ON_PAGE
  const table = tableOf(content, lang)
  const columns = table.keys.flatMap((key, k) => (onPage.includes(key) ? [k] : []))
  const classes = classTableOf(content, lang)
  const broken = content.checks.filter(({ holds }) => !holds)
  const list = (names: readonly string[]) => (names.length === 0 ? (zh ? '无' : 'none') : names.join(zh ? '、' : ', '))
  const stood = zh
    ? `截至${fullDayWords(content.day)[lang]}，${content.name}累计观察${value('cumulative')}人，已解除${value('released')}人，其他退出${value('otherExits')}人，正在观察${value('observed')}人（集中${value('central')}人、居家${value('home')}人、自我监测${value('self')}人）。`
    : `By ${fullDayWords(content.day)[lang]} ${content.name} had observed ${value('cumulative')} people; ${value('released')} were released, ${value('otherExits')} left otherwise and ${value('observed')} are under observation (${value('central')} central, ${value('home')} at home, ${value('self')} self-monitoring).`
  const day = content.lines === undefined ? earlierDay(value, zh) : dayText(value, zh)
  const parts: readonly Part[] = [
    {
      kind: 'paragraph',
      text: zh ? `${stood}${day}` : `${stood} ${day}`,
    },
    {
      kind: 'table',
      caption: zh ? '各地情况（人）' : 'By area (people)',
      columns: [table.columns[0] ?? '', ...columns.map((k) => table.columns[k + 1] ?? '')],
      rows: table.rows.map(({ name, figures }) => [name, ...columns.map((k) => String(figures[k] ?? 0))]),
    },
    {
      kind: 'table',
      caption: zh ? '分类进出（人）' : 'Classes (people)',
      columns: classes.columns,
      rows: classes.rows.map(({ name, figures }) => [name, ...figures.map(String)]),
    },
    {
      kind: 'paragraph',
      text: zh
        ? `零报告：${list(content.zero)}。未报：${list(content.silent)}。疑似照抄${content.doubtful}人。${asOfLine(content, lang)}`
        : `Zero reports: ${list(content.zero)}. Nothing received from: ${list(content.silent)}. People whose readings look copied: ${content.doubtful}. ${asOfLine(content, lang)}`,
    },
    ...(content.counties ? [{ kind: 'paragraph', text: countiesLine(content.counties, content.zone, lang) } as const] : []),
    ...(content.since ? [{ kind: 'paragraph', text: sinceLine(content.since, lang) } as const] : []),
    {
      kind: 'paragraph',
      text:
        broken.length === 0
          ? zh
            ? `校验：${content.checks.length}项全部平衡。`
            : `Tests: all ${content.checks.length} hold.`
          : `${zh ? '校验不平衡：' : 'Tests that do not hold: '}${broken.map(({ words }) => words[lang]).join(zh ? '；' : '; ')}`,
    },
  ]
  return setDocument({
    title: zh ? `${content.name}疫情日报` : `Daily report of ${content.name}`,
    parts,
    issuer: content.name,
    date: fullDayWords(content.day)[lang],
    lang,
  })
}

/** The movements of the day in words, each exit by its lawful reason. */
function dayText(value: (key: string) => number, zh: boolean): string {
  const alone = value('unobservedToday')
  const left = value('confirmedToday') - alone
  const beside = zh ? `；另有未在观察的确诊${alone}人` : `; not under observation and confirmed: ${alone}`
  const more = alone === 0 ? '' : beside
  return zh
    ? `当日新增${value('entered')}人，恢复观察${value('again')}人，解除${value('releasedToday')}人，其他退出${value('otherToday')}人（转确诊${left}人、转出或离开${value('transferredToday')}人、死亡${value('diedToday')}人；先转出后确诊的两处均列，退出只计一次），误录、重录${value('wrongToday')}人${more}；发热或有症状${value('signs')}人，失访${value('lost')}人；当日返巴${value('arrivedToday')}人，其中疫情较重地区${value('listedToday')}人，当日收到返巴申报${value('declaredToday')}份。`
    : `On the day ${value('entered')} entered and ${value('again')} were observed again; ${value('releasedToday')} were released, ${value('otherToday')} left otherwise (${left} confirmed, ${value('transferredToday')} transferred or departed, ${value('diedToday')} died; whoever was transferred first and confirmed then is named under both and left once) and ${value('wrongToday')} had been entered wrongly or twice${more}; ${value('signs')} have fever or signs, ${value('lost')} cannot be reached; ${value('arrivedToday')} arrived, ${value('listedToday')} of them from listed places, and ${value('declaredToday')} declarations of arrival came in.`
}

/** The same as a report says it that was frozen with the columns of before. */
function earlierDay(value: (key: string) => number, zh: boolean): string {
  return zh
    ? `当日新增${value('entered')}人，解除${value('left')}人；发热或有症状${value('signs')}人，失访${value('lost')}人；当日返巴${value('arrivals')}人，其中疫情较重地区${value('listed')}人。`
    : `${value('entered')} entered and ${value('left')} left on the day; ${value('signs')} have fever or signs, ${value('lost')} cannot be reached; ${value('arrivals')} arrived, ${value('listed')} of them from listed places.`
}
