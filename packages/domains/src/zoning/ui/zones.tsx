import { Actions, FieldView, Loaded, RecordList, type Row, usePlace, useRecords, useSpeech, w } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Card, Descriptions, Empty, Flex, Segmented, Tag, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { asksPopulation, POPULATION } from '../lacking.ts'
import { CLASSES, isZone, SCHEMES, type Scheme, type ZoneName } from '../tables.ts'
import { ZoneMap } from './zone-map.tsx'
import './zones.css'

const SHOWN: Readonly<Record<Scheme, readonly ZoneName[]>> = {
  sichuan: ['no-active-cases', 'sporadic', 'community-outbreak', 'local-epidemic'],
  national: ['low', 'medium', 'high'],
}
/** What waits for somebody stands before what is settled. */
const ORDER: readonly string[] = ['undecided', 'proposed', 'announced']
const isUndecided = (row: Row) => row.state === 'undecided'
const reasonsOf = (row: Row) => (Array.isArray(row.fields.reasons) ? (row.fields.reasons as readonly Label[]) : [])
const TAGS: Readonly<Record<string, string>> = { undecided: 'volcano', proposed: 'gold' }
const zoneOf = (row: Row): ZoneName | undefined =>
  typeof row.fields.zone === 'string' && isZone(row.fields.zone) ? row.fields.zone : undefined

/** Zones: what is proposed and waits for a person, the map of the classes in force, the reasons of each area, and how it came about. */
export default function Zones() {
  const { t } = useSpeech()
  const { registry, areas, reads } = usePlace()
  const [scheme, setScheme] = useState<Scheme>('sichuan')
  const [picked, setPicked] = useState<string>()
  const query = useRecords('zone', { state: 'proposed,undecided,announced', scheme, limit: '500' })
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data])
  const def = registry.records.get('zone')
  const counts = registry.records.get('caseCount')
  const current = useMemo(() => {
    const out = new Map<string, ZoneName>()
    for (const row of rows) {
      const zone = zoneOf(row)
      // Where nothing is announced yet the proposal is shown, and says so in the list.
      if (zone !== undefined && (row.state === 'announced' || !out.has(String(row.fields.place)))) out.set(String(row.fields.place), zone)
    }
    return out
  }, [rows])
  const undecided = useMemo(() => new Set(rows.filter(isUndecided).map((row) => String(row.fields.place))), [rows])
  if (!def) return null
  const shown = picked === undefined ? rows : rows.filter((row) => row.fields.place === picked)
  const ordered = [...shown].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  return (
    <Flex vertical gap={12}>
      <Flex gap={12} align="center" wrap>
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t(w('分区分级', 'Zoning'))}
        </Typography.Title>
        <Segmented
          value={scheme}
          options={Object.entries(SCHEMES).map(([value, label]) => ({ value, label: t(label) }))}
          onChange={(value) => {
            setScheme(value === 'national' ? 'national' : 'sichuan')
            setPicked(undefined)
          }}
        />
        {picked !== undefined && (
          <Tag closable onClose={() => setPicked(undefined)}>
            {areas.get(picked)?.name}
          </Tag>
        )}
      </Flex>
      <div className="zone-columns">
        <Card size="small">
          <ZoneMap classes={current} undecided={undecided} classesShown={SHOWN[scheme]} onPick={setPicked} />
        </Card>
        <Loaded query={query}>
          {() =>
            ordered.length === 0 ? (
              <Empty
                description={t(
                  w(
                    '尚无分区：请先录入病例日报，或该办法当日未施行。',
                    'No zones: enter case counts first, or the scheme is not in force.',
                  ),
                )}
              />
            ) : (
              <Flex vertical gap={12}>
                {ordered.map((row) => (
                  <ZoneCard key={row.id} row={row} />
                ))}
              </Flex>
            )
          }
        </Loaded>
      </div>
      <Typography.Title level={4}>{t(w('调整经过', 'History'))}</Typography.Title>
      <RecordList def={def} name="zone.history" fixed={{ scheme, ...(picked === undefined ? {} : { place: picked }) }} lookOnly />
      {counts && reads(counts.name) && (
        <>
          <Typography.Title level={4}>{t(w('病例日报', 'Daily case counts'))}</Typography.Title>
          <RecordList def={counts} {...(picked === undefined ? {} : { fixed: { place: picked } })} />
        </>
      )}
    </Flex>
  )
}

function ZoneCard({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry, named } = usePlace()
  const def = registry.records.get('zone')
  const zone = zoneOf(row)
  if (!def || (zone === undefined && !isUndecided(row))) return null
  const from = typeof row.fields.from === 'string' && isZone(row.fields.from) ? `${t(CLASSES[row.fields.from])} → ` : ''
  const names = ['reasons', 'passedOver', 'measures', 'instrument', 'asOf', 'announcedBy', 'announcedAt']
  return (
    <Card
      size="small"
      title={
        <Flex gap={8} align="center" wrap>
          <strong>{named(row.fields.place)}</strong>
          <span>
            {from}
            {zone !== undefined && t(CLASSES[zone])}
          </span>
          <Tag color={TAGS[row.state] ?? 'blue'}>{t(def.states[row.state] ?? w('', ''))}</Tag>
        </Flex>
      }
      extra={
        isUndecided(row) && reasonsOf(row).some(asksPopulation) ? (
          <Link to="/parameters" hash={POPULATION}>
            {t(w('到参数', 'To the parameters'))}
          </Link>
        ) : (
          <Actions def={def} row={row} size="small" onlyAllowed />
        )
      }
    >
      <Descriptions
        size="small"
        column={1}
        items={names.flatMap((name) => {
          const field = def.fields[name]
          const value = row.fields[name]
          if (!field || value === undefined || (Array.isArray(value) && value.length === 0)) return []
          const words = Array.isArray(value) ? (value as readonly { readonly zh: string; readonly en: string }[]) : undefined
          return [
            {
              key: name,
              label: t(field.label),
              children: words ? (
                <ul className="zone-words">
                  {words.map((one) => (
                    <li key={one.zh}>{t(one)}</li>
                  ))}
                </ul>
              ) : (
                <FieldView field={field} value={value} name={name} />
              ),
            },
          ]
        })}
      />
    </Card>
  )
}
