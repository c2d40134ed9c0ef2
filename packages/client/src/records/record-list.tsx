import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons'
import { type Action, type AnyRecord, type Fields, type Label, makingAction } from '@guatu/kernel'
import { Button, Drawer, Flex } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { useGroups } from '../api/map-queries.ts'
import { type Filters, useRecords } from '../api/queries.ts'
import type { Row } from '../api/types.ts'
import { DownloadButton } from '../shell/download-button.tsx'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { Loaded } from '../shell/states.tsx'
import { ActDialogue } from './act-form.tsx'
import { type BulkAction, BulkBar } from './bulk.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { EnterOnly } from './enter-only.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FilterTabs, type Preset } from './filter-tabs.tsx'
import { ImportDialogue } from './import/import-dialogue.tsx'
import { isTexts, usePreference } from './preference.ts'
import { PresentState } from './present-state.tsx'
import { RecordPanel } from './record-panel.tsx'
import { type RowGroup, Rows } from './rows.tsx'
import { SheetOut } from './sheet-out.tsx'

export interface RecordListProps {
  readonly def: AnyRecord
  /** Filters that stand whatever a person sets. */
  readonly fixed?: Filters
  /** Filters at the start, where somebody came for certain records. */
  readonly initial?: Filters
  /** Under which columns and tabs are kept; the record's name when left out. */
  readonly name?: string
  /** Columns on offer, and those shown until somebody chooses; from the definition when left out. */
  readonly columns?: { readonly all: readonly string[]; readonly shown: readonly string[] }
  /** Filters as tabs; the first is shown at the start. */
  readonly presets?: readonly Preset[]
  readonly cells?: Readonly<Record<string, (row: Row) => ReactNode>>
  readonly unfold?: (row: Row) => ReactNode
  readonly bulk?: readonly BulkAction[]
  /** Rows in groups by a field; `counts` has how many the filters find of each value, loaded or not, as soon as it is known. */
  readonly group?: { readonly by: string; of(rows: readonly Row[], counts: ReadonlyMap<string, number> | undefined): readonly RowGroup[] }
  /** More controls beside the filters. */
  readonly tools?: ReactNode
  /** Only looks at what the fixed filters find: nothing to narrow, nothing to make. */
  readonly lookOnly?: boolean | 'filtered'
  readonly pageSize?: number
  /** What an empty list says, where it is not that nothing was recorded yet. */
  readonly empty?: Label
}

const everyColumn = (def: AnyRecord): readonly string[] => [
  ...def.list.columns,
  ...Object.entries(def.fields)
    .filter(
      ([name, field]) =>
        !def.list.columns.includes(name) && field.kind !== 'record' && !field.sensitive && (field.limits?.max ?? 0) < 4_000,
    )
    .map(([name]) => name),
]

/** A list that its filters left empty says so, and how to see more. */
function NothingFound({ onClear }: { onClear(): void }) {
  const { t } = useSpeech()
  return (
    <Flex gap={8} align="center" justify="center">
      {t(w('没有符合条件的记录', 'Nothing matches'))}
      <Button size="small" onClick={onClear}>
        {t(w('清除筛选', 'Clear filters'))}
      </Button>
    </Flex>
  )
}

type Maker = readonly [string, Action<Fields, string>]

/** The list of a record, or the forms alone for whoever enters such records and reads no list of them. */
export function RecordList(props: RecordListProps) {
  const { def, lookOnly } = props
  const { me, reads } = usePlace()
  const makers = Object.entries(def.actions).filter(
    ([, action]) =>
      !lookOnly && action.from === 'new' && !action.automatic && !action.ownPage && me.grants.some((grant) => action.by[grant.role]),
  )
  return makers.length > 0 && !reads(def.name) ? <EnterOnly def={def} makers={makers} /> : <Listed {...props} makers={makers} />
}

/** How many records the filters find by each value of a field; unknown until it is answered. */
function useGroupCounts(def: AnyRecord, by: string | undefined, { sort: _sort, ...filters }: Filters) {
  const found = useGroups(def.name, by === undefined ? [] : [by], filters, by !== undefined)
  return useMemo(
    () =>
      by !== undefined && found.data && !found.isPlaceholderData
        ? new Map(found.data.groups.map(({ values, count }) => [String(values[by] ?? ''), count]))
        : undefined,
    [by, found.data, found.isPlaceholderData],
  )
}

/** Filters as tabs, columns of one's own, rows that open beside without losing the place. */
function Listed(props: RecordListProps & { readonly makers: readonly Maker[] }) {
  const { def, fixed, presets, bulk, group, tools, makers } = props
  const { t, lang } = useSpeech()
  const { me } = usePlace()
  const first = presets?.[0]
  const [tab, setTab] = useState<string | undefined>(first?.key)
  const [filters, setFilters] = useState<Filters>(props.initial ?? first?.filters ?? {})
  const [open, setOpen] = useState<string>()
  const [making, setMaking] = useState<string>()
  const [importing, setImporting] = useState(false)
  const [selected, setSelected] = useState<readonly string[]>([])
  const name = props.name ?? def.name
  const offered = props.columns?.all ?? everyColumn(def)
  const [chosen, setChosen] = usePreference<readonly string[]>(`columns.${name}`, props.columns?.shown ?? def.list.columns, isTexts)
  const columns = chosen.filter((one) => offered.includes(one))
  const { pageSize } = props
  const all = useMemo(
    () => ({ ...filters, ...fixed, ...(pageSize === undefined ? {} : { limit: String(pageSize) }) }),
    [fixed, filters, pageSize],
  )
  const query = useRecords(def.name, all)
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data])
  // A sheet comes in by the first act that makes such a record.
  const importer = makingAction(def)
  // What is written as a whole document is no row of a sheet.
  const document = Object.values(def.fields).some((field) => (field.limits?.max ?? 0) >= 10_000 && field.kind === 'text' && !field.optional)
  const imports = !document && makers.some(([maker]) => maker === importer)
  const { limit: _limit, ...seen } = all
  const counts = useGroupCounts(def, group?.by, seen)
  const asked = Object.fromEntries(Object.entries<string>(seen).filter(([, value]) => value !== ''))
  const exported = new URLSearchParams({ ...asked, columns: columns.join(), lang })
  const ticked = rows.filter((row) => selected.includes(row.id))
  const usable = (bulk ?? []).filter((one) => {
    const by = one.def.actions[one.action]?.by
    return me.grants.some((grant) => by?.[grant.role])
  })

  return (
    <Flex vertical gap={8}>
      <PresentState />
      {presets && (
        <FilterTabs
          name={name}
          presets={presets}
          active={tab}
          filters={filters}
          onChoose={(key, next) => {
            setTab(key)
            setFilters(next)
            setSelected([])
          }}
        />
      )}
      <Flex gap={8} wrap justify="space-between">
        {props.lookOnly === true ? <span /> : <FilterBar def={def} filters={filters} onChange={setFilters} />}
        <Flex gap={8} wrap className="no-print">
          {tools}
          <ColumnChooser
            def={def}
            all={offered}
            chosen={columns}
            onChange={setChosen}
            onReset={() => setChosen(props.columns?.shown ?? def.list.columns)}
          />
          <DownloadButton icon={<DownloadOutlined />} address={`/api/${def.name}/export.xlsx?${exported}`}>
            {t(w('导出', 'Export'))}
          </DownloadButton>
          {!props.lookOnly &&
            def.sheets?.map((sheet) => (
              <SheetOut
                key={sheet.name}
                label={sheet.label}
                address={`/api/${def.name}/${sheet.name}.xlsx`}
                query={asked}
                ofArea
                of={def.name}
              />
            ))}
          {imports && (
            <Button icon={<UploadOutlined />} onClick={() => setImporting(true)}>
              {t(w('导入', 'Import'))}
            </Button>
          )}
          {makers.map(([maker, action]) => (
            <Button key={maker} type="primary" icon={<PlusOutlined />} onClick={() => setMaking(maker)}>
              {t(action.label)}
            </Button>
          ))}
        </Flex>
      </Flex>
      {usable.length > 0 && <BulkBar actions={usable} rows={ticked} onDone={() => setSelected([])} />}
      <Loaded query={query}>
        {() => (
          <Rows
            def={def}
            columns={columns}
            rows={rows}
            {...(group ? { groups: group.of(rows, counts) } : {})}
            {...(props.cells ? { cells: props.cells } : {})}
            {...(props.unfold ? { unfold: props.unfold } : {})}
            {...(usable.length > 0 ? { selected, onSelect: setSelected } : {})}
            more={query.hasNextPage}
            loading={query.isFetchingNextPage}
            {...(Object.values(filters).some((one) => one !== '')
              ? { empty: <NothingFound onClear={() => setFilters({})} /> }
              : props.empty
                ? { empty: t(props.empty) }
                : {})}
            onMore={() => void query.fetchNextPage()}
            onOpen={setOpen}
          />
        )}
      </Loaded>
      <Drawer open={open !== undefined} onClose={() => setOpen(undefined)} size={680} title={t(def.label)} destroyOnHidden>
        {open && <RecordPanel def={def} id={open} />}
      </Drawer>
      {importing && importer && <ImportDialogue def={def} action={importer} onClose={() => setImporting(false)} />}
      {making && (
        <ActDialogue
          def={def}
          action={making}
          open
          onCancel={() => setMaking(undefined)}
          onDone={({ record }) => {
            setMaking(undefined)
            setOpen(record.id)
          }}
        />
      )}
    </Flex>
  )
}
