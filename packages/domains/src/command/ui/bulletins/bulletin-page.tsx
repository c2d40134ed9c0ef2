import { Loaded, PrintedPage, PrintedTable, usePlace, useRecord, WordedPage, w } from '@guatu/client'
import { useParams } from '@tanstack/react-router'
import { type FrozenFigures, readFigures } from './draft.ts'

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
              <Standing figures={readFigures(row.fields.figures)} />
              {typeof row.fields.publishedOn === 'string' && (
                <p className="printed-date">{row.fields.publishedOn.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')}</p>
              )}
            </PrintedPage>
          )}
        </WordedPage>
      )}
    </Loaded>
  )
}

/** The frozen table below the words. */
function Standing({ figures }: { readonly figures: FrozenFigures | undefined }) {
  const { at } = usePlace()
  if (!figures) return null
  const asOf = new Date(figures.asOf).toLocaleString('zh-CN', { timeZone: at.zone, dateStyle: 'long', timeStyle: 'short' })
  return (
    <PrintedTable
      caption={`附表 各单位办理情况（数据截至${asOf}）`}
      columns={['单位', '交办', '按时签收', '按时反馈', '退回', '逾期未办结']}
      rows={figures.rows.map(({ unit, name, counts }) => ({
        key: unit,
        name,
        cells: [
          counts.issued,
          `${counts.signedInTime}/${counts.signed}`,
          `${counts.reportedInTime}/${counts.reported}`,
          counts.returned,
          counts.overdue,
        ],
      }))}
    />
  )
}
