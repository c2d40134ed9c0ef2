import { PrinterOutlined } from '@ant-design/icons'
import { Actions, asProblem, Loaded, newId, type Row, useAct, usePlace, useRecord, useSpeech, w } from '@guatu/client'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Flex, Input, Tag } from 'antd'
import { useState } from 'react'
import { bulletinText, type PublicFigures, readFigures } from '../bulletin/figures.ts'
import './daily.css'

/** A public bulletin as it will be read; while it is a draft its words can be edited, its figures cannot. */
export default function PublicBulletinPage() {
  const { id } = useParams({ strict: false })
  const query = useRecord('publicBulletin', id)
  return <Loaded query={query}>{(row) => <Bulletin key={row.version} row={row} />}</Loaded>
}

function Bulletin({ row }: { readonly row: Row }) {
  const { t, lang } = useSpeech()
  const { registry, has } = usePlace()
  const act = useAct()
  const [title, setTitle] = useState(String(row.fields.title ?? ''))
  const [text, setText] = useState(String(row.fields.text ?? ''))
  const [textEn, setTextEn] = useState(String(row.fields.textEn ?? ''))
  const [problem, setProblem] = useState<string>()
  const def = registry.records.get('publicBulletin')
  const figures = readFigures(String(row.fields.figures ?? ''))
  if (!def) return null
  if (!figures.ok) return <Alert type="error" title={t(figures.problem.message)} />
  const editing = row.state === 'draft' && has('duty-officer', 'county-clerk')
  const changed = title !== row.fields.title || text !== row.fields.text || textEn !== (row.fields.textEn ?? '')
  const save = async () => {
    setProblem(undefined)
    try {
      await act.mutateAsync({
        record: 'publicBulletin',
        id: row.id,
        action: 'revise',
        event: newId(),
        version: row.version,
        input: { title, text, textEn },
      })
    } catch (refused) {
      setProblem(t(asProblem(refused).message))
    }
  }
  const { revise: _, draft: __, ...others } = def.actions
  const state = def.states[row.state]
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap align="center" className="no-print">
        <Link to="/public-bulletins">{t(w('← 全部通报', '← All bulletins'))}</Link>
        {state && <Tag color={row.state === 'published' ? 'green' : 'blue'}>{t(state)}</Tag>}
        {editing && (
          <Button onClick={() => void save()} disabled={!changed} loading={act.isPending}>
            {t(w('保存文字', 'Save the words'))}
          </Button>
        )}
        {changed && editing ? (
          <span>{t(w('有未保存的修改，保存后才能发布。', 'Save your changes before publishing.'))}</span>
        ) : (
          <Actions def={{ ...def, actions: others }} row={row} onlyAllowed />
        )}
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t(w('打印', 'Print'))}
        </Button>
      </Flex>
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
      <div className={editing ? 'daily-bulletin' : undefined}>
        {editing && (
          <Flex vertical gap={8} className="no-print">
            <Input value={title} maxLength={200} onChange={(e) => setTitle(e.target.value)} aria-label={t(w('标题', 'Title'))} />
            <Input.TextArea
              value={text}
              onChange={(e) => setText(e.target.value)}
              autoSize={{ minRows: 6 }}
              aria-label={t(w('正文（中文）', 'Text (Chinese)'))}
            />
            <Input.TextArea
              value={textEn}
              onChange={(e) => setTextEn(e.target.value)}
              autoSize={{ minRows: 6 }}
              aria-label={t(w('正文（英文）', 'Text (English)'))}
            />
            <span className="secondary">
              {t(
                w(
                  '花括号中的词是冻结的数字，如 {observed}；改文字不会改数字。',
                  'Words in braces such as {observed} stand for frozen figures; editing words never changes them.',
                ),
              )}
            </span>
          </Flex>
        )}
        <Page title={title} text={lang === 'en' && textEn !== '' ? textEn : text} figures={figures.value} />
      </div>
    </Flex>
  )
}

function Page({ title, text, figures }: { readonly title: string; readonly text: string; readonly figures: PublicFigures }) {
  const { t, lang } = useSpeech()
  const cell = (value: number | null) => (value === null ? `<${figures.smallest}*` : value)
  const lines = bulletinText(text, figures, lang)
    .split('\n')
    .map((line, i) => ({ key: `${i} ${line.slice(0, 8)}`, line }))
  return (
    <article className="daily-bulletin-page">
      <h1>{title}</h1>
      {lines.map(({ key, line }) => (
        <p key={key}>{line}</p>
      ))}
      <table>
        <thead>
          <tr>
            <th scope="col">{t(w('地区', 'Area'))}</th>
            {figures.lines.map(({ key, label }) => (
              <th key={key} scope="col">
                {t(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{figures.name}</th>
            {figures.lines.map(({ key, total }) => (
              <td key={key}>{cell(total)}</td>
            ))}
          </tr>
          {figures.areas.map((name, k) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {figures.lines.map(({ key, parts }) => (
                <td key={key}>{cell(parts[k] ?? null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="daily-as-of">
        {t(w('* 人数较少的数不予公布，以免识别到个人。', '* Small counts are not shown, so that nobody can be known by them.'))}
      </p>
    </article>
  )
}
