import { AREA_LEVELS, isDay, type Label, no, ok, type ReformProposal, type Result, refuse } from '@guatu/kernel'

/** A reform on paper: what a person looks through and decides on. `confirmed` is theirs to fill in. */
export interface ReformDraft {
  readonly format: 'guatu-reform'
  /** Day whose tree was compared. */
  readonly eve: string
  readonly source: string
  readonly asOf: string
  readonly proposals: readonly (ReformProposal & { readonly confirmed: boolean | null })[]
  /** New code → old code of every area that lives on. */
  readonly continues: readonly (readonly [string, string])[]
}

type Fields = Readonly<Record<string, unknown>>
type Check = (value: unknown) => boolean

const KINDS: readonly unknown[] = ['renamed', 'recoded', 'moved', 'merged', 'split', 'created', 'abolished']
const LEVELS: readonly unknown[] = AREA_LEVELS

const isText: Check = (value) => typeof value === 'string'
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item)
const shaped =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(shape).every(([name, check]) => check(value[name]))

const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const isRow = shaped({
  code: isText,
  name: isText,
  parent: (value) => value === null || isText(value),
  level: (value) => LEVELS.includes(value),
})
const isHeir = shaped({ code: isText, name: isText, parts: (value) => isNumber(value) && Number(value) > 0 })

const PROPOSAL: Readonly<Record<string, Check>> = {
  id: isText,
  kind: (value) => KINDS.includes(value),
  level: (value) => LEVELS.includes(value),
  from: listOf(isRow),
  to: listOf(isHeir),
  becomes: (value) => value === null || isRow(value),
  founds: (value) => typeof value === 'boolean',
  confidence: isNumber,
  reasons: listOf(shaped({ zh: isText, en: isText })),
  confirmed: (value) => value === null || typeof value === 'boolean',
}

const DRAFT: Readonly<Record<string, Check>> = {
  eve: (value) => typeof value === 'string' && isDay(value),
  source: isText,
  asOf: isText,
  proposals: Array.isArray,
  continues: listOf((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isText)),
}

/** A draft as somebody sends it back, or the first place of it that is not as it was proposed. */
export function readReformDraft(value: unknown): Result<ReformDraft> {
  if (!isObject(value) || value.format !== 'guatu-reform')
    return no(
      refuse(
        'no-reform-draft',
        {
          zh: '这不是区划调整方案：请提交比对名单得到的方案。',
          en: 'This is no draft of a reform: send the draft that was proposed from a list.',
        },
        { status: 422, path: 'draft' },
      ),
    )
  const wrong = wrongIn(DRAFT, value)
  if (wrong !== undefined) return no(broken(wrong, { zh: `“${wrong}”`, en: `“${wrong}”` }))
  const proposals = value.proposals as readonly unknown[]
  for (const [i, one] of proposals.entries()) {
    const part = isObject(one) ? wrongIn(PROPOSAL, one) : ''
    if (part === undefined) continue
    const named = part === '' ? '' : `.${part}`
    const [zh, en] = part === '' ? ['', ''] : [`的“${part}”`, `, “${part}”`]
    return no(broken(`proposals.${i}${named}`, { zh: `第${i + 1}项建议${zh}`, en: `proposal ${i + 1}${en}` }))
  }
  return ok(value as unknown as ReformDraft)
}

const wrongIn = (shape: Readonly<Record<string, Check>>, value: Fields) =>
  Object.entries(shape).find(([name, check]) => !check(value[name]))?.[0]

const broken = (path: string, where: Label) =>
  refuse(
    'reform-draft-broken',
    {
      zh: `方案的${where.zh}缺失或已被改动：请用比对得到的方案，只填写是否确认；必要时重新比对。`,
      en: `Of the draft ${where.en} is missing or was changed: send the draft as it was proposed, with nothing but the decisions filled in, or compare anew.`,
    },
    { status: 422, path: `draft.${path}` },
  )
