/** `analyse household`: secondary attack rate. */
import { secondaryAttackRate } from '../../src/epidemic/offspring/index.ts'
import type { Command } from '../command.ts'
import { countAt, findColumn, needColumn } from '../input/columns.ts'
import { placed } from '../input/file-problem.ts'
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
    const households = table.rows.map((row) => ({
      exposed: exposed >= 0 ? countAt(table, row, exposed) : countAt(table, row, size) - 1,
      infected: countAt(table, row, infected),
    }))
    const asOf = asOfTable(options, table)
    const result = placed(
      (k) => ({ row: table.rows[k]?.row ?? 0, column: table.header[infected] ?? '' }),
      () => secondaryAttackRate(households, { asOf }),
    )
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
