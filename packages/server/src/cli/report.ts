import { writeFile } from 'node:fs/promises'
import { isId, Refused, refuse } from '@guatu/kernel'
import { writeProgressReport } from '../documents/progress-report.ts'
import type { ListRequest } from '../store/query/list.ts'
import { type Command, langOf, print, text, Usage } from './command.ts'
import { CONSOLE, withStore } from './data.ts'
import { SETTING_OPTIONS, SETTINGS_HELP } from './settings.ts'

/** `report progress`: the report for the next meeting, from the console. */
export const reportCommand: Command = {
  summary: { zh: '生成进展报告', en: 'write the progress report' },
  help: `guatu report progress [--meeting ID]… --out FILE.docx [--cut-off MOMENT] [--lang zh|en]

  --meeting ID      会议编号，可重复；不给则为最近一次已批准的 / meeting, may be repeated; the latest approved one when left out
  --cut-off MOMENT  数据截止时刻（ISO） / figures as of this moment
  --out FILE        .docx 写成公文，.json 写出数据 / a document, or its data

${SETTINGS_HELP}`,
  options: {
    ...SETTING_OPTIONS,
    meeting: { type: 'string', multiple: true },
    'cut-off': { type: 'string' },
    out: { type: 'string' },
    lang: { type: 'string' },
  },
  run: async (values, [verb, ...rest]) => {
    if (verb !== 'progress' || rest.length > 0)
      throw new Usage('用法：guatu report progress --out 文件 / usage: guatu report progress --out FILE')
    const out = text(values.out)
    if (out === undefined || !/\.(?:docx|json)$/i.test(out))
      throw new Usage('请用 --out 指定.docx或.json文件。 / name a .docx or .json file with --out.')
    const lang = langOf(values)
    const asked = Array.isArray(values.meeting) ? values.meeting.map(String) : []
    const wrong = asked.find((id) => !isId(id.toLowerCase()))
    if (wrong !== undefined)
      throw new Usage(
        `--meeting 应为会议编号，得到“${wrong}”：见会议页面的网址，或 guatu export meeting 文件.csv 的编号列；不给则为最近一次已批准的会议。 / --meeting takes the id of a meeting, got “${wrong}”: see the address of its page, or the column of ids of guatu export meeting FILE.csv; left out, it is the latest approved one.`,
      )
    return withStore(values, async (store) => {
      const meetings = asked.length > 0 ? asked : await latest(store.as(CONSOLE))
      if (meetings.length === 0)
        throw new Refused(
          refuse(
            'not-found',
            {
              zh: '还没有已批准的会议，无从报告；请先在网页“会议”中录入并批准一次会议的公报。',
              en: 'There is no approved meeting to report on; take in and approve the communiqué of one under Meetings first.',
            },
            { status: 404 },
          ),
        )
      const cutOff = text(values['cut-off'])
      const report = await writeProgressReport(store, CONSOLE, {
        meetings,
        ...(cutOff === undefined ? {} : { cutOff }),
        lang,
      })
      if (!report.ok) throw new Refused(report.problem)
      const { content, hash, docx } = report.value
      await writeFile(out, /\.json$/i.test(out) ? JSON.stringify({ hash, content }, null, 2) : docx)
      print(`${out}  SHA-256 ${hash}`)
      return 0
    })
  },
}

async function latest(desk: { list: (record: string, request: ListRequest) => ReturnType<import('../store/desk/desk.ts').Desk['list']> }) {
  const found = await desk.list('meeting', { limit: 1, where: { op: 'is', field: 'state', value: 'approved' } })
  return found.ok ? found.value.rows.map((row) => row.id) : []
}
