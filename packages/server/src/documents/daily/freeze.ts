import { dailyFigures } from '@guatu/domains'
import { addDays, type Command, derivedId, Refused, SYSTEM, today } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'
import { composeDaily, cutOffOf, inputOf } from './compose.ts'
import { firstFrozen, frozenReports } from './since-last.ts'

/** Counties first: the city's report says where theirs have other figures. */
const LEVELS = ['county', 'city'] as const

/** A report whose time has come. */
interface Due {
  readonly area: string
  readonly day: string
}

/**
 * Freezes the daily report of every county and city some minutes after its cut-off, as the parameters of the day say, unless a person
 * has done so. Days that passed while the system stood still are frozen afterwards, and say when. Its ids follow from area and day:
 * a crash, a second run or a second server freezes each of them once.
 */
export function dailyFreezer(store: Store): () => Promise<number> {
  const settled = new Set<string>()
  return async () => {
    if (!store.registry.records.has('dailyReport')) return 0
    let acts = 0
    const due = dueReports(store)
    for (const one of due) {
      const key = `${one.area} ${one.day}`
      if (settled.has(key)) continue
      const wanted = (await frozenReports(store, one.area, one.day, one.day)).length === 0 && (await inRow(store, one, due))
      if (wanted) acts += await freeze(store, one)
      settled.add(key)
    }
    return acts
  }
}

/** Reports whose moment has passed, oldest first. */
function dueReports(store: Store): readonly Due[] {
  const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const day = today(store.clock)
  const back = store.settings.at(day, '')<number>('daily.freeze.days')
  const due: Due[] = []
  for (let k = -back; k <= 0; k += 1) {
    const on = addDays(day, k)
    const areas = [...store.areas.tree.asOf(on).nodes()]
    for (const level of LEVELS) {
      for (const { id: area } of areas.filter((one) => one.level === level)) {
        const parameter = store.settings.at(on, store.areas.index.currentPath(area) ?? '')
        if (!parameter<readonly string[]>('daily.freeze.levels').includes(level)) continue
        const at = cutOffOf(on, parameter<string>(`daily.cutOff.${level}`), store.clock.zone)
          .add({ minutes: parameter<number>(`daily.freeze.minutes.${level}`) })
          .toString({ smallestUnit: 'millisecond' })
        if (at <= now) due.push({ area, day: on })
      }
    }
  }
  return due
}

/** The last day that is due begins the row of reports; an earlier one is caught up only where a report came before it, however long ago. */
const inRow = async (store: Store, { area, day }: Due, all: readonly Due[]): Promise<boolean> =>
  !all.some((one) => one.area === area && one.day > day) || ((await firstFrozen(store, area)) ?? day) < day

async function freeze(store: Store, { area, day }: Due): Promise<number> {
  const composed = await composeDaily(store, SYSTEM, { area, day })
  if (!composed.ok) throw new Refused(composed.problem)
  const id = derivedId(`daily freeze/${area}/${day}`)
  const balanced = dailyFigures.isBalanced(composed.value.content.checks)
  const commands: readonly Command[] = [
    {
      id: derivedId(`${id}/compose`),
      record: 'dailyReport',
      recordId: id,
      action: 'compose',
      area,
      composed: true,
      input: inputOf(composed.value),
    },
    {
      id: derivedId(`${id}/freeze`),
      record: 'dailyReport',
      recordId: id,
      action: 'freeze',
      input: balanced ? {} : { explanation: '到时自动冻结；不平衡的各项及所涉事件见校验。' },
    },
  ]
  const done = await store.writer.submitTogether(commands, SYSTEM)
  // Somebody was faster by a moment: theirs stands.
  if (!done.ok && done.problem.code === 'daily-frozen-already') return 0
  if (!done.ok) throw new Refused(done.problem)
  return done.value.filter((receipt) => !receipt.repeated).length
}
