import { OtherEntries, RecordList, type Row, usePlace, useSpeech, useTimeline, w } from '@guatu/client'
import { effective } from '@guatu/kernel'
import { Card, Flex, Tabs } from 'antd'
import { useMemo } from 'react'
import { Notices } from './notices.tsx'
import { type Reading, TemperatureCurve } from './temperature-curve.tsx'

/** What an observation shows before its facts: the curve of two readings a day, the papers, and what the household needs. */
export default function WatchPanel({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const timeline = useTimeline('watch', row.id)
  const readings = useMemo<readonly Reading[]>(
    () =>
      effective(timeline.data?.events ?? []).flatMap((event) =>
        event.action === 'check' && typeof event.input.temperature === 'number'
          ? [
              {
                day: event.day,
                half: event.input.half === 'evening' ? ('evening' as const) : ('morning' as const),
                temperature: event.input.temperature,
                symptoms: Array.isArray(event.input.symptoms) ? event.input.symptoms.length : 0,
              },
            ]
          : [],
      ),
    [timeline.data],
  )
  const [need, visit, transfer] = ['need', 'visit', 'transfer'].map((name) => registry.records.get(name))
  const household = typeof row.fields.household === 'string' ? row.fields.household : undefined
  return (
    <Flex vertical gap={12}>
      <OtherEntries of="person" id={String(row.fields.person)} area={row.area} />
      <Card size="small" title={t(w('体温', 'Temperature'))}>
        <TemperatureCurve
          readings={readings}
          from={String(row.fields.enteredOn ?? row.fields.from ?? '')}
          until={String(row.fields.until ?? '')}
          fever={typeof row.fields.feverFrom === 'number' ? row.fields.feverFrom : undefined}
        />
      </Card>
      <Notices row={row} />
      <Tabs
        size="small"
        items={[
          ...(transfer
            ? [
                {
                  key: 'transfer',
                  label: t(w('转诊', 'Transfers')),
                  children: <RecordList def={transfer} name="watch.transfer" fixed={{ watch: row.id }} columns={SHORT.transfer} lookOnly />,
                },
              ]
            : []),
          ...(need
            ? [
                {
                  key: 'need',
                  label: t(w('生活需求', 'Needs')),
                  children: <RecordList def={need} name="watch.need" fixed={{ watch: row.id }} columns={SHORT.need} lookOnly />,
                },
              ]
            : []),
          ...(visit && household
            ? [
                {
                  key: 'visit',
                  label: t(w('走访', 'Visits')),
                  children: <RecordList def={visit} name="watch.visit" fixed={{ household }} columns={SHORT.visit} lookOnly />,
                },
              ]
            : []),
        ]}
      />
    </Flex>
  )
}

const columns = (...names: readonly string[]) => ({ all: names, shown: names })
const SHORT = {
  transfer: columns('openedOn', 'state', 'highest', 'symptoms'),
  need: columns('dueOn', 'kind', 'text', 'state'),
  visit: columns('dueOn', 'trigger', 'lacks', 'state'),
}
