import type { Lang } from '@guatu/kernel'
import { DECISIONS, FINDINGS, OUTCOMES } from '../../lists/outcomes.ts'
import { placeOf } from './place-of.ts'
import type { Compared } from './types.ts'

/** A cell that a spreadsheet reads as text: quoted where needed, and never as a formula. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const HEAD: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['行', '结果', '原因', '姓名', '证件号码（无则电话）', '处理', '核查结果'],
  en: ['Line', 'Outcome', 'Why', 'Name', 'Document (else phone)', 'Decision', 'Found'],
}

/** The answers row by row as a CSV that a spreadsheet opens: what goes back to the sender. Names and numbers stay masked. */
export function reportCsv(rows: readonly Compared[], lang: Lang): string {
  const lines = rows.map((row) => [
    placeOf(row),
    OUTCOMES[row.outcome][lang],
    row.why[lang],
    row.name ?? '',
    row.document ?? row.phone ?? '',
    row.decided ? DECISIONS[row.decided.decision][lang] : '',
    row.decided?.finding ? FINDINGS[row.decided.finding][lang] : '',
  ])
  return `\ufeff${[HEAD[lang], ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}
