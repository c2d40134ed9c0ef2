// node …/node/clauses.ts FILE: how every sentence was taken apart, for those who mend the rules.
import { readFileSync } from 'node:fs'
import { readingView } from '../characters.ts'
import { readClause } from '../clause.ts'
import { layOut } from '../layout.ts'
import { cutSentences } from '../sentences.ts'
import { contentOf } from '../speech.ts'

const view = readingView(readFileSync(process.argv[2] ?? '', 'utf8'))
const lines = layOut(view)
for (const line of lines) if (line.role !== 'body') console.log(`${line.role}: ${view.slice(line.start, line.end)}`)
let line = -1
let ordering = false
for (const sentence of cutSentences(view, lines)) {
  const content = contentOf(view, sentence, { opensLine: sentence.line !== line, ordering, units: null })
  line = sentence.line
  ordering = content.orders ?? ordering
  console.log(`— ${sentence.ordinal ?? ''} ${content.skip ?? ''} ${content.skip ? view.slice(sentence.start, sentence.end) : ''}`)
  content.spans.forEach((span, k) => {
    const c = readClause(view, span, k === 0, null)
    console.log(
      `   ${c.kind}${c.ordinal ? ` #${c.ordinal}` : ''}${c.modal ? ` !${c.modal}` : ''}${c.addressee ? ` @${c.addressee}` : ''}${c.prohibition ? ' X' : ''}${c.fresh ? ' fresh' : ''} <${c.verb ?? ''}> ${c.core} ${c.stop}`,
    )
  })
}
