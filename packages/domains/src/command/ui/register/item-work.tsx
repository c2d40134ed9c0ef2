import { Actions, FieldView, Light, Loaded, type Row, Sideways, Timeline, usePlace, useRecords, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Table, Tag, Typography } from 'antd'
import { useMemo } from 'react'
import { LIGHTS } from '../../lights/light.ts'
import { Due, NextReport } from './due.tsx'
import { LightReason } from './light-reason.tsx'
import './register.css'

/** Where a matter comes from: the words of the meeting, with the way to them. They stay with it forever. */
export function Quotation({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { quote, meeting, sourceTitle } = row.fields
  if (typeof quote !== 'string') return null
  return (
    <blockquote className="quotation">
      <p>“{quote}”</p>
      <footer>
        {typeof meeting === 'string' ? (
          <Link to={`/meetings/${meeting}`}>{String(sourceTitle ?? t(w('查看会议', 'Meeting')))}</Link>
        ) : (
          String(sourceTitle ?? '')
        )}
      </footer>
    </blockquote>
  )
}

/** The decomposition of a matter: what each unit has to do, its light, its last word. */
export function Decomposition({ item, actions = false }: { readonly item: string; readonly actions?: boolean }) {
  const { t } = useSpeech()
  const { named, registry } = usePlace()
  const filters = useMemo(() => ({ item, sort: '-role', limit: '100' }), [item])
  const query = useRecords('task', filters)
  const def = registry.records.get('task')
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Loaded query={query} empty={() => rows.length === 0} emptyText={t(w('尚未分解交办', 'Not split yet'))}>
      {() => (
        <Sideways>
          <Table<Row>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            scroll={{ x: 'max-content' }}
            columns={[
              {
                title: t(w('单位', 'Unit')),
                render: (_, row) => (
                  <span className="nowrap">
                    {named(row.fields.unit)} {row.fields.role === 'lead' && <Tag color="blue">{t(w('牵头', 'Lead'))}</Tag>}
                  </span>
                ),
              },
              {
                title: t(w('灯', 'Light')),
                render: (_, row) => {
                  const light = String(row.fields.light ?? 'notStarted')
                  return <Light light={light} label={LIGHTS[light as keyof typeof LIGHTS]} />
                },
              },
              { title: t(w('状态', 'State')), render: (_, row) => <Tag>{t(def?.states[row.state] ?? w(row.state, row.state))}</Tag> },
              {
                title: t(w('时限', 'Due')),
                render: (_, row) => (
                  <>
                    <Due day={row.fields.due} state={row.state} />
                    <div>
                      <NextReport row={row} />
                    </div>
                  </>
                ),
              },
              {
                title: t(w('最新进展', 'Latest progress')),
                render: (_, row) => (
                  <div className="progress-cell">
                    {row.fields.percent === undefined ? '' : `${row.fields.percent}% `}
                    {String(row.fields.progress ?? '—')}
                    <div>
                      <LightReason row={row} />
                    </div>
                    {def?.fields.evidence && row.fields.evidence !== undefined && (
                      <div>
                        <FieldView
                          field={def.fields.evidence}
                          value={row.fields.evidence}
                          name="evidence"
                          about={{ record: 'task', id: row.id }}
                        />
                      </div>
                    )}
                    {actions && def && <Actions def={def} row={row} size="small" onlyAllowed />}
                  </div>
                ),
              },
            ]}
          />
        </Sideways>
      )}
    </Loaded>
  )
}

/** What a row of the register unfolds to. */
export function Unfolded({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('item')
  return (
    <div className="unfolded">
      <div>
        <Quotation row={row} />
        <Decomposition item={row.id} />
      </div>
      <div>
        <Typography.Text strong>{t(w('办理记录', 'What was done'))}</Typography.Text>
        {def && <Timeline def={def} id={row.id} />}
      </div>
    </div>
  )
}
