import { Loaded, PrintedPage, PrintedTable, usePlace, useRecord, WordedPage, w } from '@guatu/client'
import { fullDayWords } from '@guatu/kernel'
import { useParams } from '@tanstack/react-router'
import { annexOf, readFigures } from '../../scoreboard/index.ts'

const FIELDS = [
  { name: 'title', label: w('标题', 'Title') },
  { name: 'text', label: w('正文', 'Text'), rows: 14 },
] as const

/** A bulletin as it will be printed; while it is a draft its words can be edited beside the page. It is written in Chinese. */
export default function BulletinPage() {
  const { id } = useParams({ strict: false })
  const { registry } = usePlace()
  const query = useRecord('bulletin', id)
  const def = registry.records.get('bulletin')
  if (!def) return null
  return (
    <Loaded query={query}>
      {(row) => (
        <WordedPage
          key={row.version}
          def={def}
          row={row}
          editors={['supervision-office']}
          back={{ to: '/bulletins', label: w('全部通报', 'All bulletins') }}
          fields={FIELDS}
          hint={w('改文字不会改数据：附表在起草时已经冻结。', 'Editing words never changes figures: the table was frozen when drafted.')}
        >
          {({ title = '', text = '' }) => (
            <PrintedPage title={title} text={text} lang="zh">
              <Annex kept={row.fields.figures} />
              {typeof row.fields.publishedOn === 'string' && <p className="printed-date">{fullDayWords(row.fields.publishedOn).zh}</p>}
            </PrintedPage>
          )}
        </WordedPage>
      )}
    </Loaded>
  )
}

/** The frozen table below the words. */
function Annex({ kept }: { readonly kept: unknown }) {
  const { at } = usePlace()
  const figures = readFigures(kept)
  if (!figures) return null
  const { caption, columns, rows } = annexOf(figures, at.zone, 'zh')
  return <PrintedTable caption={caption} columns={columns} rows={rows.map(({ unit, ...row }) => ({ key: unit, ...row }))} />
}
