import { DownloadOutlined, LockOutlined, PrinterOutlined } from '@ant-design/icons'
import {
  asProblem,
  type Chip,
  call,
  DownloadButton,
  Failed,
  Loaded,
  type Row,
  useAct,
  usePlace,
  useRecord,
  useSpeech,
  w,
} from '@guatu/client'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, App, Button, Flex, Popconfirm, Segmented, Tag, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { type ChangedFigure, figureWords, momentWords, type ReportContent, readContent } from '../../report/index.ts'
import { Draft, type Pointed } from './draft.tsx'
import { PrintPreview } from './paper.tsx'
import { Sources } from './sources.tsx'
import './official.css'
import './report.css'

interface Since {
  readonly asOf: string
  readonly intact: boolean
  readonly changed: readonly ChangedFigure[]
}

/** A progress report: the draft beside its sources, or as it will be printed. */
export default function ReportPage() {
  const { id } = useParams({ strict: false })
  const query = useRecord('report', id)
  return <Loaded query={query}>{(row) => <Report row={row} />}</Loaded>
}

function Report({ row }: { readonly row: Row }) {
  const read = useMemo(() => readContent(row.fields.content), [row.fields.content])
  return read.ok ? <Desk row={row} content={read.value} /> : <Failed problem={read.problem} />
}

const NOTHING: Pointed = { sources: [], figures: [] }

function Desk({ row, content }: { readonly row: Row; readonly content: ReportContent }) {
  const { t, lang } = useSpeech()
  const { message } = App.useApp()
  const { has, me } = usePlace()
  const act = useAct()
  const [view, setView] = useState('draft')
  const [pointed, setPointed] = useState<Pointed>(NOTHING)
  const since = useQuery({ queryKey: ['report-since', row.id], queryFn: () => call<Since>(`/api/report/${row.id}/since`) })
  const editable = row.state === 'draft' && has('supervision-office')
  const title = lang === 'zh' ? String(row.fields.title) : content.title.en
  const chips = useMemo(() => chipsOf(content, since.data?.changed ?? [], lang), [content, since.data, lang])
  const changed = since.data?.changed.length ?? 0

  const tried = async (work: Promise<unknown>, done: string) => {
    try {
      await work
      void message.success(done)
    } catch (error) {
      void message.error(t(asProblem(error).message))
    }
  }
  const submit = (action: string, input: Readonly<Record<string, unknown>> = {}) =>
    act.mutateAsync({ record: 'report', id: row.id, action, version: row.version, input })
  const edit = (blockId: string, words: string) => {
    const blocks = content.blocks.map((block) =>
      block.id === blockId && block.kind !== 'table' ? { ...block, words: { ...block.words, [lang]: words } } : block,
    )
    void tried(submit('revise', { content: JSON.stringify({ ...content, blocks }) }), t(w('已保存', 'Saved')))
  }
  const retitle = (next: string) => {
    if (next.trim() !== '' && next !== title) void tried(submit('revise', { title: next.trim() }), t(w('已保存', 'Saved')))
  }

  return (
    <Flex vertical gap={8} className="report">
      <Flex justify="space-between" align="center" wrap gap={8}>
        <div className="report-title">
          <Typography.Title
            level={4}
            style={{ margin: 0 }}
            editable={editable && lang === 'zh' ? { onChange: retitle, triggerType: ['icon'] } : false}
          >
            {title}
          </Typography.Title>
          <Flex gap={8} wrap align="center">
            <Typography.Text type="secondary">
              {t({
                zh: `数据截止：${momentWords(content.cutOff, me.zone).zh}`,
                en: `Figures as of ${momentWords(content.cutOff, me.zone).en}`,
              })}
            </Typography.Text>
            <Tag color={row.state === 'final' ? 'green' : 'blue'}>
              {row.state === 'final' ? t(w('定稿', 'Final')) : t(w('草稿', 'Draft'))}
            </Tag>
            {content.meetings.map((one) => (
              <Link key={one.id} to="/meetings/$id" params={{ id: one.id } as never}>
                {one.title}
              </Link>
            ))}
          </Flex>
        </div>
        <Flex gap={8} wrap>
          <Segmented
            value={view}
            onChange={(next) => setView(next)}
            options={[
              { value: 'draft', label: t(w('起草', 'Draft')) },
              { value: 'print', label: t(w('打印预览', 'Print preview')) },
            ]}
          />
          {view === 'print' && (
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              {t(w('打印', 'Print'))}
            </Button>
          )}
          <DownloadButton icon={<DownloadOutlined />} address={`/api/report/${row.id}/document.docx?lang=${lang}`}>
            {t(w('下载 .docx', 'Download .docx'))}
          </DownloadButton>
          {editable && (
            <Popconfirm
              title={t(w('定稿后不能再修改，确定？', 'A final report cannot be changed. Go on?'))}
              onConfirm={() => void tried(submit('finish'), t(w('已定稿', 'Final')))}
            >
              <Button type="primary" icon={<LockOutlined />}>
                {t(w('定稿', 'Make final'))}
              </Button>
            </Popconfirm>
          )}
        </Flex>
      </Flex>
      {since.data?.intact === false && (
        <Alert
          type="error"
          showIcon
          title={t(
            w(
              '本报告的数字与生成时的校验值不符，请不要使用，并告知审计员。',
              'The figures do not match their seal. Do not use this report; tell the auditor.',
            ),
          )}
        />
      )}
      {since.error && (
        <Alert
          type="info"
          showIcon
          title={t(w('暂不能与现在的数字对比：', 'The figures cannot be compared with the present: ')) + t(asProblem(since.error).message)}
        />
      )}
      {changed > 0 && since.data && (
        <Alert
          type="warning"
          showIcon
          title={t({
            zh: `冻结之后有${changed}个数字发生了变化（对比${momentWords(since.data.asOf, me.zone).zh}），文中以橙色虚线标出。报告中的数字不变；需要新数字请重新生成。`,
            en: `${changed} figures have changed since the freeze (compared at ${momentWords(since.data.asOf, me.zone).en}); they are marked by a dashed orange line. The report keeps its figures; write a new one for new figures.`,
          })}
        />
      )}
      {view === 'print' ? (
        <PrintPreview content={content} title={title} lang={lang} />
      ) : (
        <div className="report-panes">
          <Draft content={content} chips={chips} editable={editable} onEdit={edit} onPoint={setPointed} />
          <Sources
            report={row.id}
            content={content}
            chips={chips}
            sources={pointed.sources}
            figures={pointed.figures}
            figure={pointed.figure}
          />
        </div>
      )}
    </Flex>
  )
}

function chipsOf(content: ReportContent, changed: readonly ChangedFigure[], lang: 'zh' | 'en'): ReadonlyMap<string, Chip> {
  const other = new Map(changed.map((one) => [one.id, one]))
  return new Map(
    content.figures.map((figure) => {
      const change = other.get(figure.id)
      const now = change?.now ? figureWords(change.now, lang) : lang === 'zh' ? '无' : 'none'
      return [
        figure.id,
        { text: figureWords(figure, lang), ...(change ? { now: lang === 'zh' ? `现为${now}` : `now ${now}` } : {}) },
      ] as const
    }),
  )
}
