/** `analyse contacts`: two rings of contacts of one case from stays. */
import { isoDay } from '../../src/epidemic/linelist/index.ts'
import {
  buildStayIndex,
  type Contact,
  type ContactRule,
  createTracer,
  observationPeriod,
  StayBuilder,
  seatCode,
} from '../../src/epidemic/tracing/index.ts'
import type { Command, Options } from '../command.ts'
import { cellProblem, countAt, minuteAt, textAt } from '../input/cells.ts'
import { findColumn, needColumn } from '../input/columns.ts'
import { FileProblem } from '../input/file-problem.ts'
import { nameAt, onlyOnce } from '../input/names.ts'
import type { Table } from '../input/table-file.ts'
import { asOfTable, asOfWords, choiceOption, numberOption } from '../options.ts'
import { figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { ringChart } from '../picture/ring-chart.ts'

/** Kinds of places that the index tells apart. */
const MOST_KINDS = 256

const METHOD = 'Common presence by place and time'

export const contacts: Command = {
  name: 'contacts',
  zh: '密切接触者追踪（两圈）',
  en: 'Contacts of one case in two rings',
  options: {
    case: { zh: '病例（人员列中的值）', en: 'the case, as in the column of people' },
    from: { zh: '暴露期开始（2020-02-14 或 2020-02-14 08:30）', en: 'start of the exposure (2020-02-14 or 2020-02-14 08:30)' },
    to: { zh: '暴露期结束（不含）', en: 'its end, not included' },
    minutes: { zh: '最短共处时间（分钟）', en: 'shortest time together, minutes', fallback: '1' },
    'vehicle-kinds': {
      zh: '按座位排距判定的场所类型，逗号分隔',
      en: 'kinds of places judged by rows, comma-separated',
      fallback: 'vehicle,车辆,客车,列车',
    },
    'seat-rows': { zh: '前后排数', en: 'rows to the front and back', fallback: '3' },
    'observation-days': { zh: '观察天数', en: 'days of observation', fallback: '14' },
    'found-late': {
      zh: '发现晚：remaining 只观察剩余天数，restart 重新计算',
      en: 'found late: remaining days only, or restart',
      fallback: 'remaining',
    },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const { people, places, kinds, index } = readStays(table)
    const wanted = options.values.case ?? ''
    const person = people.indexOf(wanted)
    if (person < 0)
      throw new FileProblem(
        'person-unknown',
        `表中没有“${wanted}”，请用 --case 指定病例`,
        `"${wanted}" is not in the file: name the case with --case`,
      )
    const window = { from: momentOption(options, 'from') ?? -2_147_483_648, to: momentOption(options, 'to') ?? 2_147_483_647 }
    const rings = createTracer(index, rulesFor(kinds, options)).rings(person, window)
    const asOf = asOfTable(options, table)
    const rule = {
      days: numberOption(options, 'observation-days', { least: 1, whole: true }),
      firstDayIs: 'next-day',
      foundLate: choiceOption(options, 'found-late', ['remaining', 'restart']),
    } as const
    const clock = (minute: number) =>
      `${isoDay(Math.floor(minute / 1440))} ${String(Math.floor((((minute % 1440) + 1440) % 1440) / 60)).padStart(2, '0')}:${String(((minute % 60) + 60) % 60).padStart(2, '0')}`
    const shown = (contact: Contact) => {
      const lastDay = Math.floor((contact.last - 1) / 1440)
      const period = observationPeriod([lastDay], lastDay, lastDay, rule)
      return {
        name: people[contact.person] ?? '',
        via: people[contact.via] ?? '',
        place: places[contact.place] ?? '',
        first: clock(contact.first),
        last: clock(contact.last),
        minutes: contact.duration,
        meetings: contact.meetings,
        rowsApart: contact.nearestRows < 0 ? null : contact.nearestRows,
        observationEnds: isoDay(period.lastDay),
        earliestRelease: isoDay(period.earliestRelease),
      }
    }
    const [first, second] = [rings.first.list().map(shown), rings.second.list().map(shown)]
    const longest = first[0]?.minutes ?? 1
    return {
      result: { ok: true, method: METHOD, asOf, case: wanted, first, second },
      picture: () => {
        const numberOf = new Map(first.map((contact, k) => [contact.name, k]))
        const words = (contact: (typeof first)[number]) => `${contact.name} · ${contact.place} · ${contact.minutes} min · ${contact.last}`
        return ringChart({
          title: zh ? `${wanted} 的接触者` : `Contacts of ${wanted}`,
          subtitle: zh
            ? `密切接触者 ${first.length} 人，次密接 ${second.length} 人；观察最早于 ${
                first
                  .map((one) => one.earliestRelease)
                  .sort()
                  .at(-1) ?? '—'
              } 全部期满`
            : `${first.length} in the first ring, ${second.length} in the second; the last release at the earliest on ${
                first
                  .map((one) => one.earliestRelease)
                  .sort()
                  .at(-1) ?? '—'
              }`,
          footnote: zh
            ? `方法：${methodWords(METHOD, 'zh')}，至少 ${options.values.minutes} 分钟，车辆按前后 ${options.values['seat-rows']} 排；线越粗共处越久（最长 ${figure(longest)} 分钟）。${asOfWords('zh', asOf)}`
            : `Method: ${METHOD}, at least ${options.values.minutes} minutes, vehicles within ${options.values['seat-rows']} rows; the thicker, the longer (longest ${figure(longest)} minutes). ${asOfWords('en', asOf)}`,
          centre: wanted,
          first: first.map((contact) => ({ name: contact.name, weight: contact.minutes / longest, tip: words(contact) })),
          second: second.map((contact) => ({ name: contact.name, via: numberOf.get(contact.via) ?? 0, tip: words(contact) })),
        })
      },
    }
  },
}

/** A moment given as an option, in minutes; null where it is not given. */
function momentOption(options: Options, name: 'from' | 'to'): number | null {
  const text = options.values[name]
  if (text === undefined) return null
  try {
    return minuteAt({ file: '', header: [''], headerRow: 0, rows: [] }, { row: 0, cells: [text] }, 0)
  } catch {
    throw new FileProblem(
      'option-invalid',
      `--${name} 需要日期或时刻（如 2020-02-14 08:30），得到“${text}”`,
      `--${name} needs a date or a moment such as 2020-02-14 08:30, got "${text}"`,
    )
  }
}

function rulesFor(kinds: readonly string[], options: Options): ContactRule[] {
  const minimalOverlap = numberOption(options, 'minutes', { least: 0, whole: true })
  const vehicles = (options.values['vehicle-kinds'] ?? '').split(',')
  const rows = numberOption(options, 'seat-rows', { least: 0, whole: true })
  return kinds.map((kind) => ({ kind, minimalOverlap, ...(vehicles.includes(kind) ? { rowsApart: rows } : {}) }))
}

/** People, places and kinds are numbered in order of appearance. */
function readStays(table: Table) {
  const [person, place, arrived, departed] = [
    needColumn(table, 'person'),
    needColumn(table, 'place'),
    needColumn(table, 'arrived'),
    needColumn(table, 'departed'),
  ]
  const [kind, seatRow, seatColumn] = [findColumn(table, 'kind'), findColumn(table, 'seatRow'), findColumn(table, 'seatColumn')]
  const [people, places, kinds] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  const number = (map: Map<string, number>, text: string) => {
    const known = map.get(text) ?? map.size
    map.set(text, known)
    return known
  }
  const placeKinds: number[] = []
  const once = onlyOnce(table, arrived, 'stay-twice', '同一段停留请只留一行', 'keep one row of a stay')
  const stays = new StayBuilder()
  for (const row of table.rows) {
    const at = number(places, nameAt(table, row, place))
    const kindHere = number(kinds, kind < 0 ? '' : textAt(row, kind))
    placeKinds[at] ??= kindHere
    if (placeKinds[at] !== kindHere)
      throw cellProblem(
        table,
        row,
        kind,
        'kind-differs',
        `地点“${textAt(row, place)}”的类别与前面不同，请改为一致`,
        `the place "${textAt(row, place)}" has another kind than before: make them the same`,
      )
    if (kinds.size > MOST_KINDS)
      throw cellProblem(
        table,
        row,
        kind,
        'too-many-kinds',
        `场所类别超过 ${MOST_KINDS} 种，请归并`,
        `there are more than ${MOST_KINDS} kinds of places: put some together`,
      )
    const [from, to] = [minuteAt(table, row, arrived), minuteAt(table, row, departed)]
    if (to <= from)
      throw cellProblem(
        table,
        row,
        departed,
        'stay-ends-before-it-starts',
        '离开时间不晚于到达时间，请核对这两个时间',
        'it does not end after it starts: check both times',
      )
    const seated = seatRow >= 0 && textAt(row, seatRow) !== ''
    const who = number(people, nameAt(table, row, person))
    once(row, `${who} ${at} ${from}`, `${textAt(row, person)} · ${textAt(row, place)} · ${textAt(row, arrived)}`)
    stays.add(
      who,
      at,
      from,
      to,
      seated
        ? seatCode(
            countAt(table, row, seatRow, { least: 1, most: 4095 }),
            seatColumn < 0 || textAt(row, seatColumn) === '' ? 0 : countAt(table, row, seatColumn, { most: 15 }),
          )
        : 0,
    )
  }
  const index = buildStayIndex([stays.stays()], { people: people.size, places: places.size, placeKind: Uint8Array.from(placeKinds) })
  return { people: [...people.keys()], places: [...places.keys()], kinds: [...kinds.keys()], index }
}
