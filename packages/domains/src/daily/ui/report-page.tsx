import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { Actions, asProblem, call, DownloadButton, Loaded, newId, type Row, useAct, usePlace, useRecord, useSpeech, w } from '@guatu/client'
import { counted } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Alert, Button, Flex, Tag, Typography } from 'antd'
import { useState } from 'react'
import type { PublicFigures } from '../bulletin/published.ts'
import { draftTitle } from '../bulletin/words.ts'
import { readDaily, titleOf } from '../report/content.ts'
import { ofTheDay } from '../report/daily-report.ts'
import { DailyTables } from './daily-content.tsx'

interface Since {
  readonly intact: boolean
  readonly changed: readonly { readonly area: string; readonly line: string; readonly was: number; readonly is: number }[]
  /** The frozen report that corrects this one. */
  readonly replacedBy?: string
}
interface Draft {
  readonly figures: PublicFigures
  readonly hash: string
  readonly text: { readonly zh: string; readonly en: string }
}

/** One daily report: as frozen, whether anything is known otherwise since, and the way to sheet, document and bulletin. */
export default function DailyReportPage() {
  const { id } = useParams({ strict: false })
  const query = useRecord('dailyReport', id)
  return <Loaded query={query}>{(row) => <Report row={row} />}</Loaded>
}

function Report({ row }: { readonly row: Row }) {
  const { t, lang } = useSpeech()
  const { registry, has } = usePlace()
  const def = registry.records.get('dailyReport')
  const content = readDaily(String(row.fields.content ?? ''))
  const since = useQuery({ queryKey: ['daily-since', row.id, row.version], queryFn: () => call<Since>(`/api/dailyReport/${row.id}/since`) })
  if (!def) return null
  if (!content.ok) return <Alert type="error" title={t(content.problem.message)} />
  const state = def.states[row.state]
  const overDay = ofTheDay(row.fields.frozenAt, row.fields.cutOff)
  const stands = row.state === 'frozen' && overDay && since.data !== undefined && since.data.replacedBy === undefined
  return (
    <Flex vertical gap={12} className="daily-report">
      <Flex gap={8} wrap align="center" className="no-print">
        <Link to="/daily">{t(w('← 全部日报', '← All daily reports'))}</Link>
        {state && <Tag color={row.state === 'frozen' ? 'green' : 'blue'}>{t(state)}</Tag>}
        {row.fields.frozenBy === 'system' && <Tag>{t(w('到时自动冻结', 'frozen by itself, in time'))}</Tag>}
        <Actions def={def} row={row} onlyAllowed />
        <DownloadButton icon={<DownloadOutlined />} address={`/api/dailyReport/${row.id}/report.xlsx?lang=${lang}`}>
          Excel
        </DownloadButton>
        <DownloadButton icon={<DownloadOutlined />} address={`/api/dailyReport/${row.id}/document.docx?lang=${lang}`}>
          Word
        </DownloadButton>
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t(w('打印', 'Print'))}
        </Button>
        {stands && has('duty-officer', 'county-clerk') && <DraftBulletin row={row} />}
      </Flex>
      <Typography.Title level={3} style={{ margin: 0 }}>
        {lang === 'en' ? titleOf(content.value).en : String(row.fields.title)}
      </Typography.Title>
      {since.data && !since.data.intact && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t(w('内容与冻结时的校验值不符，请报告审计员。', 'The content does not match its seal; tell the auditor.'))}
        />
      )}
      {since.data?.replacedBy !== undefined && (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              {t(w('本日报已被更正，以更正后的为准：', 'This report was corrected; the one that stands: '))}
              <Link to={`/daily/${since.data.replacedBy}`}>{t(w('更正后的日报', 'the corrected report'))}</Link>
            </>
          }
        />
      )}
      {row.state === 'frozen' && !overDay && (
        <Alert
          type="warning"
          showIcon
          title={t(
            w(
              '冻结时当日未满，仅反映当时情况，不是当日日报，不能据以起草公众通报。',
              'It was frozen with the day not over: it shows how things stood then, is not the report of the day, and no public bulletin is drafted from it.',
            ),
          )}
        />
      )}
      {typeof row.fields.replaces === 'string' && (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {t(w('本日报更正：', 'This report corrects: '))}
              <Link to={`/daily/${row.fields.replaces}`}>{t(w('原日报', 'the earlier report'))}</Link>
            </>
          }
        />
      )}
      {since.data && since.data.replacedBy === undefined && since.data.changed.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t(
            w(
              `冻结之后有 ${since.data.changed.length} 个数发生变化（补录或更正）；已发布的数不变，需要时请重新生成并注明更正。`,
              `${counted(since.data.changed.length, 'figure')} known otherwise since (late or corrected acts). What was frozen stays; make a new report that replaces it if needed.`,
            ),
          )}
        />
      )}
      {typeof row.fields.explanation === 'string' && (
        <Alert type="info" showIcon title={t(w('不平衡说明', 'Why it does not balance'))} description={row.fields.explanation} />
      )}
      <DailyTables content={content.value} />
    </Flex>
  )
}

function DraftBulletin({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const navigate = useNavigate()
  const act = useAct()
  const [ids] = useState(() => ({ record: newId(), event: newId() }))
  const [problem, setProblem] = useState<string>()
  const draft = async () => {
    setProblem(undefined)
    try {
      const made = await call<Draft>(`/api/dailyReport/${row.id}/bulletin`)
      await act.mutateAsync({
        record: 'publicBulletin',
        id: ids.record,
        action: 'draft',
        event: ids.event,
        area: row.area,
        input: {
          title: draftTitle(made.figures).zh,
          day: made.figures.day,
          report: row.id,
          text: made.text.zh,
          textEn: made.text.en,
          figures: JSON.stringify(made.figures),
          hash: made.hash,
        },
      })
      await navigate({ to: `/public-bulletins/${ids.record}` })
    } catch (refused) {
      setProblem(t(asProblem(refused).message))
    }
  }
  return (
    <>
      <Button type="primary" onClick={() => void draft()} loading={act.isPending}>
        {t(w('起草公众通报', 'Draft the public bulletin'))}
      </Button>
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
    </>
  )
}
