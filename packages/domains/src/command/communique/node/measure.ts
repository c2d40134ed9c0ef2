// node packages/domains/src/command/communique/node/measure.ts FILE GOLD: figures and mismatches of one reading.
import { readFileSync } from 'node:fs'
import { readCommunique } from '../read.ts'
import { type Rate, type ScoredDirective, score } from '../score.ts'

const [file, gold] = process.argv.slice(2)
if (file === undefined || gold === undefined) {
  console.error('用法：measure.ts 文本 标注.json / usage: measure.ts TEXT GOLD.json')
  process.exit(2)
}
const read = readCommunique(readFileSync(file, 'utf8'))
const truth = JSON.parse(readFileSync(gold, 'utf8')) as { directives: ScoredDirective[]; headings?: string[] }
const result = score(truth, read)
const show = (rate: Rate | null): string => (rate === null ? '–' : `${rate.hits}/${rate.of}`)
console.log(
  `F1 ${result.f1.toFixed(3)} (P ${result.precision.toFixed(3)} R ${result.recall.toFixed(3)}; gold ${result.gold}, read ${result.read}) exact F1 ${result.exactF1.toFixed(3)}`,
)
console.log(
  `domain ${show(result.domain)} soft ${show(result.soft)} prohibition ${show(result.prohibition)} addressee ${show(result.addressee)} urgency ${show(result.urgency)} conditions ${show(result.conditions)} deadline ${show(result.deadline)} headings ${show(result.headings)}`,
)
for (const miss of result.missed) console.log(`- missed    [${miss.start},${miss.end}) ${miss.quote}`)
for (const extra of result.spurious) console.log(`+ spurious  [${extra.start},${extra.end}) ${extra.quote}`)
for (const { gold: g, read: r, iou } of result.pairs) {
  if (iou < 1) console.log(`~ boundary ${iou.toFixed(2)}\n    gold ${g.quote}\n    read ${r.quote}`)
  if (g.domain !== r.domain) console.log(`≠ domain    ${g.domain} read as ${r.domain}: ${r.quote}`)
  for (const key of ['soft', 'prohibition'] as const)
    if ((g[key] ?? false) !== (r[key] ?? false)) console.log(`≠ ${key}  ${g[key] ?? false} read as ${r[key] ?? false}: ${r.quote}`)
  for (const key of ['addressee', 'urgency', 'deadline'] as const)
    if ((g[key] ?? null) !== (r[key] ?? null)) console.log(`≠ ${key}  ${g[key] ?? null} read as ${r[key] ?? null}: ${r.quote}`)
  if ([...(g.conditions ?? [])].sort().join('|') !== [...(r.conditions ?? [])].sort().join('|'))
    console.log(`≠ conditions ${(g.conditions ?? []).join('|')} read as ${(r.conditions ?? []).join('|')}`)
}
