import { RecordList, type Row, rulesOf, usePlace, useRules, useSpeech, w } from '@guatu/client'
import { addDays } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Flex, Typography } from 'antd'
import { HeadCounts, PastCounts } from './orders/head-counts.tsx'
import { lapsed, NEVER_IN_FORCE } from './orders/lapsed.ts'
import { Standing } from './orders/standing.tsx'
import './closures.css'

const COLUMNS = [
  'title',
  'state',
  'organ',
  'measure',
  'basis',
  'basisVersion',
  'decidedBy',
  'decisionNo',
  'decidedAt',
  'scope',
  'area',
  'start',
  'reviewBy',
  'end',
  'endedAt',
  'refusedBecause',
  'liftedBy',
  'liftReason',
]

const cells = {
  title: (row: Row) => <Link to={`/closures/${row.id}`}>{String(row.fields.title)}</Link>,
  state: (row: Row) => <Standing state={row.state} fields={row.fields} />,
  // The article stands at the end of the words: cut off, they name the law and not the provision.
  basis: (row: Row) => <span className="whole-words">{String(row.fields.basis ?? '—')}</span>,
}

/** The auditor's view: every order that limits or limited somebody, under which law, by whose decision, and how it ended. */
export default function Restrictions() {
  const { t } = useSpeech()
  const { registry, day, today } = usePlace()
  const def = registry.records.get('closure')
  if (!def) return null
  return (
    <Flex vertical gap={12} className="restrictions">
      <Typography.Title level={3}>{t(w('限制措施', 'Restrictions'))}</Typography.Title>
      <Typography.Paragraph type="secondary">
        {t(
          w(
            '凡限制人员或场所的决定，均须载明机关、依据、批准、范围、起止和复核；到期自行失效，不予批准立即解除。',
            'Whatever limits a person or a place names organ, basis, decision, scope, term and review; it lapses by itself, and a refusal lifts it at once.',
          ),
        )}
      </Typography.Paragraph>
      {day === today ? <HeadCounts /> : <PastCounts />}
      <RecordList
        def={def}
        name="closure.restrictions"
        columns={{
          all: COLUMNS,
          shown: COLUMNS.filter((one) => !['basisVersion', 'decidedAt', 'area', 'refusedBecause', 'liftReason'].includes(one)),
        }}
        cells={cells}
        lookOnly="filtered"
        presets={[
          { key: 'now', label: w('正在限制', 'Limiting now'), filters: { state: 'inForce,reported' } },
          { key: 'lapsed', label: w('到期失效', 'Lapsed'), filters: lapsed(true) },
          { key: 'never', label: NEVER_IN_FORCE, filters: lapsed(false) },
          { key: 'ended', label: w('不予批准和已解除', 'Refused and lifted'), filters: { state: 'refused,lifted' } },
          { key: 'late', label: w('逾期未复核', 'Review overdue'), filters: { reviewOverdue: 'true' } },
          { key: 'all', label: w('全部', 'All'), filters: {} },
        ]}
      />
      <Observed />
    </Flex>
  )
}

/** Columns by which an observation is held to account: who is held, why, from when until when, told when, and how it ended. */
const OBSERVATION = ['person', 'state', 'kind', 'class', 'entry', 'from', 'until', 'servedOn', 'exitOn', 'restarts', 'why', 'area']

/** People under observation are limited too: by the law itself, for a period, with a notice that they signed. */
function Observed() {
  const { t, lang } = useSpeech()
  const { registry, reads, today } = usePlace()
  const rules = useRules()
  const def = registry.records.get('watch')
  if (!def || !reads(def.name)) return null
  const basis = rulesOf(rules.data).get(lang === 'zh' ? 'monitoring.notice.basis' : 'monitoring.notice.basis.en')
  return (
    <>
      <Typography.Title level={4}>{t(w('人员隔离观察', 'People under observation'))}</Typography.Title>
      <Typography.Paragraph type="secondary">
        {t(w('依据：', 'Under '))}
        {String(basis ?? '—')}
        {t(
          w('；期满、无症状即解除，告知书由本人签收。', '; it ends with its period when there are no signs, and the notice is signed for.'),
        )}
      </Typography.Paragraph>
      <RecordList
        def={def}
        name="watch.restrictions"
        columns={{ all: OBSERVATION, shown: OBSERVATION.filter((one) => !['entry', 'restarts', 'why'].includes(one)) }}
        lookOnly
        presets={[
          { key: 'now', label: w('正在观察', 'Under observation'), filters: { state: 'watching,absent' } },
          { key: 'past', label: w('期满未解除', 'Past the period'), filters: { state: 'watching,absent', 'until.to': addDays(today, -1) } },
          { key: 'released', label: w('已解除', 'Released'), filters: { state: 'released' } },
          { key: 'void', label: w('误纳入', 'Entered wrongly'), filters: { state: 'void' } },
        ]}
      />
    </>
  )
}
