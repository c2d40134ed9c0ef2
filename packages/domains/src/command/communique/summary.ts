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
const FORBIDDING = '(?:原则上[一律均都]{0,2}不|不得|严禁|禁止|不准|不许|不能|不允许|一律|暂停|暂不|切勿|切忌|坚决|决不|绝不|谢绝)'
/** 外来车辆不得进村: what is forbidden stands before the word that forbids it. */
const FORBIDS = new RegExp(`^[^，]{2,40}${FORBIDDING}`)
const BEFORE_FORBIDDING = new RegExp(`^[^，]{0,60}?(?=${FORBIDDING})`)

/** A short imperative from the main clause: verb and object, long enumerations cut after the second item. */
export function summarise(clauses: readonly Clause[]): string {
  let main = clauses[0]
  for (const clause of clauses) if (main === undefined || RANK[clause.kind] < RANK[main.kind]) main = clause
  if (main === undefined) return ''
  const core = main.prohibition && !FORBIDS.test(main.core) ? main.text.replace(BEFORE_FORBIDDING, '') : main.core
  return `${kept(main.when)}${shorten(core.replace(/^(?:在[^，]{2,60}?(?:前提下|基础上|的?同时|情况下))/, '').replace(/^[，、]+|[，、：]+$/g, ''))}`
}

/** A date keeps no hour and no period: an action does, where its clause opens with one. */
const kept = (when: string): string => (/期间|\d[时点]|:\d/.test(when) ? when.replace(/^[于在]|[，、]$/g, '') : '')

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
