import type { Clause } from './clause.ts'

const RANK: Readonly<Record<Clause['kind'], number>> = {
  hard: 0,
  enabling: 1,
  sanction: 2,
  generic: 3,
  responsibility: 4,
  soft: 5,
  purpose: 6,
  means: 7,
  condition: 8,
  manner: 9,
  situation: 10,
  statement: 11,
  addressee: 12,
  case: 12,
}
const LONGEST = 36

/** A short imperative from the main clause: verb and object, long enumerations cut after the second item. */
export function summarise(clauses: readonly Clause[]): string {
  let main = clauses[0]
  for (const clause of clauses) if (main === undefined || RANK[clause.kind] < RANK[main.kind]) main = clause
  if (main === undefined) return ''
  const core = main.prohibition
    ? main.text.replace(/^[^，]{0,60}?(?=不得|严禁|禁止|不准|不能|不允许|一律|暂停|切勿|坚决|决不|绝不)/, '')
    : main.core
  return shorten(core.replace(/^(?:在[^，]{2,60}?(?:前提下|基础上|的?同时|情况下))/, '').replace(/^[，、]+|[，、：]+$/g, ''))
}

function shorten(core: string): string {
  if (core.length <= LONGEST) return core
  const items = core.split('、')
  if (items.length > 3) {
    const tail = items.at(-1) ?? ''
    const end = /等[^、]*$/.exec(tail)?.[0] ?? `等${/(?:和|与|及)[^、]*$/.exec(tail) ? tail.replace(/^.*?(?:和|与|及)/, '') : tail}`
    const short = `${items.slice(0, 2).join('、')}${end}`
    if (short.length <= LONGEST + 8) return short
  }
  return `${core.slice(0, LONGEST)}…`
}
