import { PrinterOutlined } from '@ant-design/icons'
import type { AnyRecord, Label, Lang, Role } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Alert, App, Button, Checkbox, Flex, Input, Tag } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { asProblem } from '../api/client.ts'
import { newId, useAct } from '../api/queries.ts'
import type { Row } from '../api/types.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { Actions } from './actions.tsx'
import { type Chip, FiguredWords, PutBack } from './figured-words.tsx'
import './worded-page.css'

/** A text of the record that is edited: its title first, then longer ones. */
export interface WordedField {
  readonly name: string
  readonly label: Label
  /** Lines shown at the start; one line when left out. */
  readonly rows?: number
  /** Frozen figures that may stand in the text, by name, in the order in which they were frozen. */
  readonly figures?: Figured
}

/** What figures are called and how they read, in the language of the text. */
export interface Figured {
  readonly lang: Lang
  readonly chips: ReadonlyMap<string, Chip & { readonly name: string }>
}

/** What of the words is saved only when it was confirmed, one by one, with a reason; kept with the words. */
export interface Confirming {
  readonly hint: Label
  /** Names of the fields that keep what was confirmed, and why. */
  readonly into: { readonly list: string; readonly reason: string }
  readonly of: (words: Readonly<Record<string, string>>) => readonly { readonly written: string; readonly clause: string }[]
}

interface Props {
  readonly def: AnyRecord
  readonly row: Row
  readonly confirming?: Confirming
  /** Who edits while it is a draft. */
  readonly editors: readonly Role[]
  readonly back: { readonly to: string; readonly label: Label }
  readonly fields: readonly WordedField[]
  /** Why figures do not follow the words. */
  readonly hint: Label
  /** The page as it will be printed, with the words as they stand in the boxes. */
  readonly children: (words: Readonly<Record<string, string>>) => ReactNode
}

/**
 * A record of frozen figures and words: while it is a draft its words are edited (action `revise`) beside the page as it will be
 * printed, and it cannot be published with changes that are not saved.
 */
export function WordedPage({ def, row, confirming, editors, back, fields, hint, children }: Props) {
  const { t } = useSpeech()
  const { has } = usePlace()
  const { message } = App.useApp()
  const act = useAct()
  const stored = Object.fromEntries(fields.map(({ name }) => [name, String(row.fields[name] ?? '')]))
  const [words, setWords] = useState<Readonly<Record<string, string>>>(stored)
  const [problem, setProblem] = useState<string>()
  const editing = row.state === 'draft' && has(...editors)
  const confirmation = useConfirmation(confirming, row, words)
  const changed = editing && (confirmation.changed || fields.some(({ name }) => words[name] !== stored[name]))
  const save = async () => {
    setProblem(undefined)
    try {
      await act.mutateAsync({
        record: def.name,
        id: row.id,
        action: 'revise',
        event: newId(),
        version: row.version,
        input: { ...words, ...confirmation.input },
      })
      void message.success(t(w('已保存', 'Saved')))
    } catch (error) {
      setProblem(t(asProblem(error).message))
    }
  }
  const { revise: _, ...others } = def.actions
  const state = def.states[row.state]
  return (
    <Flex vertical gap={12} className="worded">
      <Flex gap={8} wrap align="center" className="no-print">
        <Link to={back.to}>← {t(back.label)}</Link>
        {state && <Tag color={row.state === 'published' ? 'green' : row.state === 'draft' ? 'blue' : 'default'}>{t(state)}</Tag>}
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
      <div className={editing ? 'worded-desk' : undefined}>
        {editing && (
          <Flex vertical gap={8} className="no-print">
            {fields.map((field) => (
              <WordsBox
                key={field.name}
                field={field}
                most={def.fields[field.name]?.limits?.max}
                words={words[field.name] ?? ''}
                onWords={(next) => setWords((before) => ({ ...before, [field.name]: next }))}
              />
            ))}
            <span className="worded-hint">{t(hint)}</span>
            {confirmation.box}
          </Flex>
        )}
        {children(words)}
      </div>
    </Flex>
  )
}

/** Where one text is edited; figures stand in it as chips. */
function WordsBox({
  field: { label, rows, figures },
  most = 200,
  words,
  onWords,
}: {
  readonly field: WordedField
  readonly most: number | undefined
  readonly words: string
  onWords(words: string): void
}) {
  const { t } = useSpeech()
  const names = useMemo(() => new Map([...(figures?.chips ?? [])].map(([id, { name }]) => [id, name])), [figures])
  if (rows === undefined) return <Input value={words} maxLength={most} onChange={(e) => onWords(e.target.value)} aria-label={t(label)} />
  if (!figures)
    return <Input.TextArea value={words} onChange={(e) => onWords(e.target.value)} autoSize={{ minRows: rows }} aria-label={t(label)} />
  const order = [...names.keys()]
  return (
    <>
      <FiguredWords words={words} figures={order} chips={figures.chips} editable loose paragraphs label={t(label)} onChange={onWords} />
      <div>
        <PutBack words={words} figures={order} names={names} lang={figures.lang} onWords={onWords} />
      </div>
    </>
  )
}

/** The box in which what the words hold beyond the figures is confirmed, and what of it is sent with them. */
function useConfirmation(confirming: Confirming | undefined, row: Row, words: Readonly<Record<string, string>>) {
  const { t } = useSpeech()
  const kept = confirming && row.fields[confirming.into.list]
  const stored = Array.isArray(kept) ? kept.map(String) : []
  const storedReason = confirming ? String(row.fields[confirming.into.reason] ?? '') : ''
  const [ticked, setTicked] = useState<readonly string[]>(stored)
  const [reason, setReason] = useState(storedReason)
  const listed = new Map((confirming?.of(words) ?? []).map((one) => [one.written, one.clause]))
  if (!confirming || listed.size + stored.length === 0) return { changed: false, input: {}, box: null }
  const confirmed = ticked.filter((one) => listed.has(one))
  const { list, reason: why } = confirming.into
  const box = listed.size > 0 && (
    <Alert
      type="warning"
      title={t(confirming.hint)}
      description={
        <Flex vertical gap={4}>
          {[...listed].map(([written, clause]) => (
            <Checkbox
              key={written}
              checked={ticked.includes(written)}
              onChange={(e) => setTicked(e.target.checked ? [...ticked, written] : ticked.filter((one) => one !== written))}
            >
              <b>{written}</b> {clause}
            </Checkbox>
          ))}
          <Input.TextArea
            value={reason}
            onChange={(e) => setReason(e.target.value)}
            autoSize
            placeholder={t(w('来源和理由', 'Source and reason'))}
            aria-label={t(w('来源和理由', 'Source and reason'))}
          />
        </Flex>
      }
    />
  )
  return {
    changed: confirmed.join('\n') !== stored.join('\n') || (listed.size > 0 && reason !== storedReason),
    input: { [list]: confirmed, [why]: confirmed.length > 0 ? reason.trim() || null : null },
    box,
  }
}

/** A page as it is printed: A4, title, one paragraph a line, then what stands below (a table, a date). */
export function PrintedPage({
  title,
  text,
  lang,
  children,
}: {
  readonly title: string
  readonly text: string
  readonly lang: 'zh' | 'en'
  readonly children?: ReactNode
}) {
  const lines = text.split('\n').map((line, i) => ({ key: `${i} ${line.slice(0, 8)}`, line }))
  return (
    <article className="printed-page" lang={lang === 'zh' ? 'zh-CN' : 'en'}>
      <h1>{title}</h1>
      {lines.map(({ key, line }) => (
        <p key={key}>{line}</p>
      ))}
      {children}
    </article>
  )
}

/** The table of a printed page; the first column names the rows. */
export function PrintedTable({
  caption,
  columns,
  rows,
}: {
  readonly caption?: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly key: string; readonly name: string; readonly cells: readonly (string | number)[] }[]
}) {
  return (
    <div className="printed-wide">
      <table>
        {caption !== undefined && <caption>{caption}</caption>}
        <thead>
          <tr>
            {columns.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={columns[i + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
