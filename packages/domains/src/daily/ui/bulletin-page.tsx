import {
  call,
  Loaded,
  PrintedPage,
  PrintedTable,
  type Row,
  usePlace,
  useRecord,
  useSpeech,
  type WordedField,
  WordedPage,
  w,
} from '@guatu/client'
import { figuresOf, type Lang } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useMemo } from 'react'
import { readFigures } from '../bulletin/figures.ts'
import type { PublicFigures } from '../bulletin/published.ts'
import { unaccounted } from '../bulletin/worded.ts'
import { asRead, bulletinText, cellNote, cellText, draftText, type EnglishNames } from '../bulletin/words.ts'

/** The texts of a bulletin; its figures stand in them as the public will read them, in the order of the words that it begins with. */
function fieldsOf(figures: PublicFigures): readonly WordedField[] {
  const labels = new Map(figures.lines.map(({ key, label }) => [key, label]))
  const figured = (lang: Lang) => {
    const order = new Set([...figuresOf(draftText(figures)[lang], (name) => labels.has(name)), ...labels.keys()])
    const chip = (key: string) => ({ text: bulletinText(`{${key}}`, figures, lang), name: labels.get(key)?.[lang] ?? key })
    return { lang, chips: new Map([...order].map((key) => [key, chip(key)])) }
  }
  return [
    { name: 'title', label: w('标题', 'Title') },
    { name: 'text', label: w('正文（中文）', 'Text (Chinese)'), rows: 6, figures: figured('zh') },
    { name: 'textEn', label: w('正文（英文）', 'Text (English)'), rows: 6, figures: figured('en') },
  ]
}

/** A public bulletin as it will be read; while it is a draft its words can be edited, its figures cannot. */
export default function PublicBulletinPage() {
  const { id } = useParams({ strict: false })
  const query = useRecord('publicBulletin', id)
  return <Loaded query={query}>{(row) => <Bulletin key={row.version} row={row} />}</Loaded>
}

function Bulletin({ row }: { readonly row: Row }) {
  const { t, lang } = useSpeech()
  const { registry } = usePlace()
  const english = useQuery({
    queryKey: ['english', 'publicBulletin', row.id],
    queryFn: ({ signal }) => call<EnglishNames>(`/api/publicBulletin/${row.id}/english`, { signal }),
    enabled: lang === 'en',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const def = registry.records.get('publicBulletin')
  const kept = String(row.fields.figures ?? '')
  const figures = useMemo(() => readFigures(kept), [kept])
  const fields = useMemo(() => (figures.ok ? fieldsOf(figures.value) : []), [figures])
  if (!def) return null
  if (!figures.ok) return <Alert type="error" title={t(figures.problem.message)} />
  return (
    <WordedPage
      def={def}
      row={row}
      editors={['duty-officer', 'county-clerk']}
      back={{ to: '/public-bulletins', label: w('全部通报', 'All bulletins') }}
      fields={fields}
      confirming={{
        hint: w(
          '下列数字不是表中的数（或疑似姓名），任何人都会看到：请删去，或逐项勾选并写明来源和理由。',
          'These are no figures of the table, or may be names, and everybody will read them. Take them out, or tick each and say where it is from and why it stays.',
        ),
        into: { list: 'typed', reason: 'typedReason' },
        of: (words) => unaccounted(words, figures.value),
      }}
      hint={w(
        '文中带框的数字是冻结的，不能改写，可以整个删去或放回；改文字不会改数字。',
        'Framed figures are frozen: they cannot be written over, only deleted whole or put back; editing words never changes them.',
      )}
    >
      {({ title = '', text = '', textEn }) =>
        lang === 'zh' ? (
          <Printed title={title} text={bulletinText(text, figures.value, 'zh')} figures={figures.value} names={figures.value} />
        ) : (
          <Loaded query={english}>
            {(names) => {
              const read = asRead({ title, text, textEn }, figures.value, names)
              return <Printed title={read.title.en} text={read.text.en} figures={figures.value} names={names} />
            }}
          </Loaded>
        )
      }
    </WordedPage>
  )
}

/** The page as it will be read, its areas by these names. */
function Printed(props: { readonly title: string; readonly text: string; readonly figures: PublicFigures; readonly names: EnglishNames }) {
  const { title, text, figures, names } = props
  const { t, lang } = useSpeech()
  const cell = (line: PublicFigures['lines'][number], part?: number) => cellText(line, part, figures.day, lang)
  return (
    <PrintedPage title={title} text={text} lang={lang}>
      <PrintedTable
        columns={[t(w('地区', 'Area')), ...figures.lines.map(({ label }) => t(label))]}
        rows={[
          { key: 'whole', name: names.name, cells: figures.lines.map((line) => cell(line)) },
          ...figures.areas.map((area, k) => ({
            key: area,
            name: names.areas[k] ?? area,
            cells: figures.lines.map((line) => cell(line, k)),
          })),
        ]}
      />
      <p className="printed-note">{t(cellNote(figures))}</p>
    </PrintedPage>
  )
}
