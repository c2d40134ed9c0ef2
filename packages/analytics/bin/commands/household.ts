/** `analyse household`: secondary attack rate. */
import { secondaryAttackRate } from '../../src/epidemic/offspring/index.ts'
import type { Command } from '../command.ts'
import { cellProblem, countAt, textAt } from '../input/cells.ts'
import { findColumn, needColumn } from '../input/columns.ts'
import { onlyOnce } from '../input/names.ts'
import { asOfTable, asOfWords } from '../options.ts'
import { figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { planeChart } from '../picture/plane-chart.ts'

export const household: Command = {
  name: 'household',
  zh: '家庭续发率',
  en: 'Household secondary attack rate',
  options: {},
  run(table, options) {
    const zh = options.language === 'zh'
    const infected = needColumn(table, 'infected')
    const exposed = findColumn(table, 'exposed')
    // A household of n has one first case and n − 1 exposed.
    const size = exposed >= 0 ? -1 : needColumn(table, 'size')
    const name = findColumn(table, 'household')
    const once = onlyOnce(table, name, 'household-twice', '请合并为一行', 'make one row of them')
    const households = table.rows.map((row) => {
      if (textAt(row, name) !== '') once(row, textAt(row, name))
      const around = exposed >= 0 ? countAt(table, row, exposed) : countAt(table, row, size, { least: 1 }) - 1
      const ill = countAt(table, row, infected)
      if (ill > around)
        throw cellProblem(
          table,
          row,
          infected,
          'more-infected-than-exposed',
          `续发 ${ill} 人多于暴露 ${around} 人，请核对；首例不计入`,
          `${ill} infected of ${around} exposed is impossible: check both, the first case counts in neither`,
        )
      return { exposed: around, infected: ill }
    })
    const asOf = asOfTable(options, table)
    const result = secondaryAttackRate(households, { asOf })
    if (!result.ok) return { result }
    const tally = new Map<number, { households: number; exposed: number; infected: number }>()
    for (const one of households) {
      const known = tally.get(one.exposed) ?? { households: 0, exposed: 0, infected: 0 }
      tally.set(one.exposed, {
        households: known.households + 1,
        exposed: known.exposed + one.exposed,
        infected: known.infected + one.infected,
      })
    }
    const bySize = [...tally].filter(([n]) => n > 0).sort(([a], [b]) => a - b)
    const percent = (share: number) => figure(share * 100)
    const { wilson, clustered } = result
    return {
      result: { ...result, bySize: bySize.map(([exposedEach, counts]) => ({ exposedEach, ...counts })) },
      picture: () =>
        planeChart({
          title: zh ? '家庭续发率' : 'Household secondary attack rate',
          subtitle: zh
            ? `${wilson.numerator}/${wilson.denominator} = ${percent(wilson.estimate)}%（95% 区间 ${percent(wilson.lower)}–${percent(wilson.upper)}%）${clustered === null ? '' : `；按户聚集校正 ${percent(clustered.rate.estimate)}%（${percent(clustered.rate.lower)}–${percent(clustered.rate.upper)}%）`}`
            : `${wilson.numerator}/${wilson.denominator} = ${percent(wilson.estimate)} % (95 % interval ${percent(wilson.lower)} to ${percent(wilson.upper)} %)${clustered === null ? '' : `; allowing for clustering ${percent(clustered.rate.estimate)} % (${percent(clustered.rate.lower)} to ${percent(clustered.rate.upper)} %)`}`,
          footnote: `${zh ? '方法：' : 'Method: '}${methodWords(result.method, options.language)}${zh ? '。' : '. '}${asOfWords(options.language, result.asOf)}`,
          xLabel: zh ? '每户暴露人数' : 'people exposed in the household',
          yLabel: zh ? '续发率（%）' : 'attack rate (%)',
          xRange: [0.3, (bySize.at(-1)?.[0] ?? 1) + 0.7],
          yTop: 100,
          bars: {
            values: bySize.map(([n, counts]) => ({ x: n, y: (100 * counts.infected) / counts.exposed })),
            width: 1,
            label: zh ? '按户规模' : 'by size',
          },
        }),
    }
  },
}
