import { PrinterOutlined } from '@ant-design/icons'
import { Actions, asProblem, Loaded, newId, type Row, useAct, usePlace, useRecord, useSpeech, w } from '@guatu/client'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, App, Button, Flex, Input, Tag } from 'antd'
import { useState } from 'react'
import { type FrozenFigures, readFigures } from './draft.ts'
import './bulletins.css'

/** A bulletin as it will be printed; while it is a draft its words can be edited beside the page. */
export default function BulletinPage() {
  const { id } = useParams({ strict: false })
  const query = useRecord('bulletin', id)
  return <Loaded query={query}>{(row) => <Bulletin key={row.version} row={row} />}</Loaded>
}

function Bulletin({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry, has } = usePlace()
  const { message } = App.useApp()
  const act = useAct()
  const [title, setTitle] = useState(String(row.fields.title ?? ''))
  const [text, setText] = useState(String(row.fields.text ?? ''))
  const [problem, setProblem] = useState<string>()
  const def = registry.records.get('bulletin')
  const editing = row.state === 'draft' && has('supervision-office')
  const changed = title !== row.fields.title || text !== row.fields.text
  const save = async () => {
    setProblem(undefined)
    try {
      await act.mutateAsync({
        record: 'bulletin',
        id: row.id,
        action: 'revise',
        event: newId(),
        version: row.version,
        input: { title, text },
      })
      void message.success(t(w('已保存', 'Saved')))
    } catch (error) {
      setProblem(t(asProblem(error).message))
    }
  }
  if (!def) return null
  const { revise: _, ...others } = def.actions
  return (
    <Flex vertical gap={12} className="bulletin">
      <Flex gap={8} wrap align="center" className="no-print">
        <Link to="/bulletins">{t(w('← 全部通报', '← All bulletins'))}</Link>
        <Tag>{t(def.states[row.state] ?? w('', ''))}</Tag>
        {editing && (
          <Button onClick={() => void save()} disabled={!changed} loading={act.isPending}>
            {t(w('保存文字', 'Save the words'))}
          </Button>
        )}
        {changed ? (
          <span>{t(w('有未保存的修改，保存后才能发布。', 'Save your changes before publishing.'))}</span>
        ) : (
          <Actions def={{ ...def, actions: others }} row={row} onlyAllowed />
        )}
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t(w('打印', 'Print'))}
        </Button>
      </Flex>
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
      <div className={editing ? 'bulletin-desk' : undefined}>
        {editing && (
          <Flex vertical gap={8} className="no-print">
            <Input value={title} maxLength={200} onChange={(e) => setTitle(e.target.value)} aria-label={t(w('标题', 'Title'))} />
            <Input.TextArea
              value={text}
              onChange={(e) => setText(e.target.value)}
              autoSize={{ minRows: 14 }}
              aria-label={t(w('正文', 'Text'))}
            />
            <span className="secondary">
              {t(w('改文字不会改数据：附表在起草时已经冻结。', 'Editing words never changes figures: the table was frozen when drafted.'))}
            </span>
          </Flex>
        )}
        <Page title={title} text={text} figures={readFigures(row.fields.figures)} publishedOn={row.fields.publishedOn} />
      </div>
    </Flex>
  )
}

/** The printed page: A4, title, words, the frozen table. */
function Page({
  title,
  text,
  figures,
  publishedOn,
}: {
  readonly title: string
  readonly text: string
  readonly figures: FrozenFigures | undefined
  readonly publishedOn: unknown
}) {
  const { at } = usePlace()
  const asOf = figures && new Date(figures.asOf).toLocaleString('zh-CN', { timeZone: at.zone, dateStyle: 'long', timeStyle: 'short' })
  const lines = text.split('\n').map((line, i) => ({ key: `${i} ${line.slice(0, 8)}`, line }))
  return (
    <article className="page" lang="zh-CN">
      <h1>{title}</h1>
      {lines.map(({ key, line }) => (
        <p key={key}>{line}</p>
      ))}
      {figures && (
        <table>
          <caption>附表 各单位办理情况（数据截至{asOf}）</caption>
          <thead>
            <tr>
              {['单位', '交办', '按时签收', '按时反馈', '退回', '逾期未办结'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.rows.map(({ unit, name, counts }) => (
              <tr key={unit}>
                <th scope="row">{name}</th>
                <td>{counts.issued}</td>
                <td>{`${counts.signedInTime}/${counts.signed}`}</td>
                <td>{`${counts.reportedInTime}/${counts.reported}`}</td>
                <td>{counts.returned}</td>
                <td>{counts.overdue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {typeof publishedOn === 'string' && <p className="page-date">{publishedOn.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')}</p>}
    </article>
  )
}
