import { readFile } from 'node:fs/promises'
import { communique as reader } from '@guatu/domains'
import { Refused } from '@guatu/kernel'
import { textOf } from '../documents/text-of.ts'
import { decode } from '../store/attachments/encoding.ts'
import { mediaTypeOf } from '../store/attachments/media-type.ts'
import { type Command, Failed, only, print, text, Usage } from './command.ts'

/** Reads a communiqué without any database: what is in it, and which rule found it. */
export const communique: Command = {
  summary: { zh: '读会议公报', en: 'read a communiqué' },
  help: `guatu communique read FILE [--json] [--year YYYY]

  FILE              .txt、.docx 或带文字的 .pdf / .txt, .docx or a .pdf with text
  --json            输出JSON / print JSON
  --year YYYY       正文没有年份时采用的年份 / year of dates that name none`,
  options: { json: { type: 'boolean' }, year: { type: 'string' } },
  run: async (values, [verb, ...rest]) => {
    if (verb !== 'read') throw new Usage('用法：guatu communique read 文件 / usage: guatu communique read FILE')
    const path = only(rest, 'FILE')
    const year = text(values.year)
    if (year !== undefined && !/^\d{4}$/.test(year)) throw new Usage('--year 应为四位年份。 / --year must be a year of four digits.')
    const content = await readFile(path).catch(() => {
      throw new Failed(`无法读取文件“${path}”，请检查路径。`, `The file “${path}” cannot be read; check the path.`)
    })
    // What is no known document may still be a text in an encoding of its own.
    const type = mediaTypeOf(content.subarray(0, 4_100)) ?? 'text/plain'
    const body = await textOf(content, type)
    if (!body.ok) throw new Refused(body.problem)
    // Of a plain text the offsets count in the file itself, with its blank head and its line ends as they stand.
    const read = reader.readCommunique(
      type === 'text/plain' ? decode(content) : body.value,
      year === undefined ? {} : { year: Number(year) },
    )
    if (values.json === true) {
      print(JSON.stringify(read, null, 2))
      return read.refusal ? 1 : 0
    }
    if (read.refusal) throw new Failed(read.refusal.zh, read.refusal.en)
    print(plain(read))
    return 0
  },
}

function plain(read: ReturnType<typeof reader.readCommunique>): string {
  const head = [
    read.title ?? '（无标题 / no title）',
    `${read.date ?? '—'}  ${read.body ?? ''}${read.session === null ? '' : `第${read.session}次会议`}`,
  ]
  const lines = read.directives.map((one, i) => {
    const marks = [one.domain, one.addressee, one.deadline ?? one.urgency, one.soft ? '软性 soft' : '', one.unsure ? '存疑 unsure' : '']
    const rules = one.why.map((why) => why.rule).join(', ')
    return `${String(i + 1).padStart(3)}. ${one.action}\n     ${marks.filter(Boolean).join(' · ')}\n     「${one.quote}」\n     ${rules}`
  })
  const sum =
    read.directives.length > 0
      ? `${read.directives.length}条指令 / directives`
      : '没有读出指令，请核对是否为会议通报全文。 / No directive was found; check that it is the full communiqué.'
  return [...head, '', ...lines, '', sum].join('\n')
}
