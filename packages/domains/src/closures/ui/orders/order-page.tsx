import { FileWordOutlined, QrcodeOutlined } from '@ant-design/icons'
import {
  ActDialogue,
  Actions,
  DownloadButton,
  FieldView,
  Loaded,
  RecordList,
  type Row,
  Timeline,
  usePlace,
  useRecord,
  useSpeech,
  w,
  wayUp,
} from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Card, Descriptions, Flex, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { BasisPicker } from './basis-picker.tsx'
import { aroundAll } from './covered.ts'
import { InPlaceWords, namedBy, useCovered } from './scope.tsx'
import { ScopeMap } from './scope-map.tsx'
import { Standing } from './standing.tsx'
import '../closures.css'

/** What the law asks of an order, in the order in which an auditor reads it. */
const LAW = ['measure', 'organ', 'basis', 'basisVersion', 'reason', 'scope', 'start', 'reviewBy', 'end', 'announcement'] as const
const DECISION = [
  'decidedBy',
  'decisionNo',
  'decidedAt',
  'decisionFile',
  'reportedAt',
  'announcedAt',
  'announcedWhere',
  'refusedBecause',
] as const
const ALLOWS = ['outings', 'outingDays', 'trades', 'couriers', 'support'] as const
const COURSE = ['reviewedAt', 'reviewNote', 'endedAt', 'liftedBy', 'liftReason'] as const

/** One order: its law, its decision, where it reaches, what it allows, what was done. */
export default function OrderPage() {
  const { id } = useParams({ strict: false })
  const query = useRecord('closure', id)
  return <Loaded query={query}>{(row) => <Order row={row} />}</Loaded>
}

function Order({ row }: { readonly row: Row }) {
  const { t, lang } = useSpeech()
  const { registry, named, today, reads, areas } = usePlace()
  const [needing, setNeeding] = useState(false)
  const covered = useCovered(row)
  const scope = useMemo(() => namedBy(row), [row])
  // An order is registered for the county as often as for the village that it closes.
  const around = aroundAll(
    covered.places.map((one) => one.area),
    (id) => wayUp(areas, id),
    () => true,
  )
  const def = registry.records.get('closure')
  const needs = registry.records.get('need')
  // Needs of single households are for those who look after them.
  const need = reads('need') ? needs : undefined
  if (!def) return null
  const limiting = row.state === 'inForce' || row.state === 'reported'
  const facts = (title: Label, names: readonly string[], missing: boolean) => {
    const items = names.flatMap((name) => {
      const field = def.fields[name]
      const value = row.fields[name]
      if (!field || (value === undefined && !missing)) return []
      const children =
        value === undefined ? (
          <Typography.Text type="danger">{t(w('■ 尚缺', '■ missing'))}</Typography.Text>
        ) : (
          <FieldView field={field} value={value} name={name} about={{ record: 'closure', id: row.id }} />
        )
      return [{ key: name, label: t(field.label), children }]
    })
    return items.length === 0 ? null : (
      <Card size="small" title={t(title)}>
        <Descriptions size="small" column={1} bordered items={items} />
      </Card>
    )
  }
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap align="center">
        <Link to="/closures">{t(w('← 全部封控决定', '← All orders'))}</Link>
        <Typography.Title level={3} style={{ margin: 0 }}>
          {String(row.fields.title)}
        </Typography.Title>
        <Standing state={row.state} fields={row.fields} />
      </Flex>
      {row.state === 'reported' && (
        <Alert
          type="warning"
          showIcon
          title={t(
            w(
              '已先行实施并报告上级；上级不予批准时立即解除。',
              'In force and reported up: it ends at once when the higher government refuses.',
            ),
          )}
        />
      )}
      {row.state === 'refused' && (
        <Alert
          type="error"
          showIcon
          title={t(w('上级不予批准，限制已立即解除。', 'Refused by the higher government: every limit ended at once.'))}
        />
      )}
      <Flex gap={8} wrap>
        <Actions def={def} row={row} />
        <DownloadButton icon={<FileWordOutlined />} address={`/api/closure/${row.id}/document.docx?lang=${lang}`}>
          {t(w('公告（Word）', 'Announcement (Word)'))}
        </DownloadButton>
        {limiting && (
          <Link to="/passes">
            <Button icon={<QrcodeOutlined />}>{t(w('通行证', 'Passes'))}</Button>
          </Link>
        )}
        {limiting && need && <Button onClick={() => setNeeding(true)}>{t(w('登记生活、就医需求', 'Register a need'))}</Button>}
      </Flex>
      {row.state === 'drafted' && <BasisPicker row={row} />}
      <div className="order-columns">
        <Flex vertical gap={12}>
          {facts(w('法定要素', 'What the law asks'), LAW, true)}
          {facts(w('批准与公告', 'Decision and announcement'), DECISION, false)}
          {facts(w('复核与终止', 'Review and end'), COURSE, false)}
        </Flex>
        <Flex vertical gap={12}>
          <Card size="small" title={t(w('封控范围', 'Scope'))}>
            <p className="scope-words">{scope.map(named).join(t(w('、', ', ')))}</p>
            <InPlaceWords covered={covered} scope={scope} limiting={limiting} />
            <ScopeMap places={covered.places} named={scope} within={row.area} />
          </Card>
          {facts(w('允许的通行与保障', 'What it allows'), ALLOWS, false)}
          <Card size="small" title={t(w('办理记录', 'What was done'))}>
            <Timeline def={def} id={row.id} />
          </Card>
        </Flex>
      </div>
      {limiting && need && (
        <Card size="small" title={t(w('范围内的生活、就医需求', 'Needs within the scope'))}>
          <RecordList def={need} name="need.closure" fixed={{ area: around ?? row.area, state: 'open,taken' }} lookOnly />
        </Card>
      )}
      {need && (
        <ActDialogue
          def={need}
          action="open"
          area={covered.places[0]?.area ?? row.area}
          initial={{ kind: 'medicine', dueOn: today }}
          open={needing}
          onCancel={() => setNeeding(false)}
          onDone={() => setNeeding(false)}
        />
      )}
    </Flex>
  )
}
