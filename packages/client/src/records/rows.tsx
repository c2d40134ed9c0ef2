import type { AnyRecord, KindName } from '@guatu/kernel'
import { Button, Table, type TableColumnsType, Tag } from 'antd'
import { type Key, type ReactNode, useEffect, useRef } from 'react'
import type { Row } from '../api/types.ts'
import { FieldView } from '../kinds/view.tsx'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { usePrinting } from '../shell/printing.ts'
import { closeMeasures } from '../shell/sideways.tsx'
import { columnLabel } from './column-chooser.tsx'
import { widthOf } from './widths.ts'

/** A group of rows with its heading. */
export interface RowGroup {
  readonly key: string
  readonly heading: ReactNode
  readonly rows: readonly Row[]
}

export interface RowsProps {
  readonly def: AnyRecord
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  readonly groups?: readonly RowGroup[]
  /** Cells that a screen draws in its own way. */
  readonly cells?: Readonly<Record<string, (row: Row) => ReactNode>>
  readonly unfold?: (row: Row) => ReactNode
  readonly selected?: readonly string[]
  onSelect?(ids: readonly string[]): void
  /** What to do where nothing is found. */
  readonly empty?: ReactNode
  readonly more: boolean
  readonly loading: boolean
  onMore(): void
  onOpen(id: string): void
}

type Line = Row | { readonly id: string; readonly heading: ReactNode }
const isRow = (line: Line): line is Row => 'state' in line

/** Figures stand under each other by their last digit. */
const FIGURES: ReadonlySet<string> = new Set<KindName>(['count', 'decimal', 'money', 'temperature'])

/** The table of a list: first column and header stay, pages follow by themselves, Enter or a click opens a row beside. */
export function Rows(props: RowsProps) {
  const { def, columns, rows, groups, cells = {}, unfold, selected, onSelect, more, loading, onMore, onOpen } = props
  const { t, lang } = useSpeech()
  const { named } = usePlace()
  const printing = usePrinting()
  const end = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => closeMeasures(box.current))
  useEffect(() => {
    const mark = end.current
    if (!mark || !more || loading) return
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore())
    seen.observe(mark)
    return () => seen.disconnect()
  }, [more, loading, onMore])
  const lines: readonly Line[] = groups
    ? groups.flatMap((group): Line[] => [{ id: `group:${group.key}`, heading: group.heading }, ...group.rows])
    : rows
  const cell = (name: string, row: Row): ReactNode => {
    const own = cells[name]
    if (own) return own(row)
    if (name === 'state') return <Tag>{def.states[row.state] ? t(def.states[row.state] ?? w('', '')) : row.state}</Tag>
    if (name === 'area') return named(row.area)
    const field = def.fields[name]
    return field ? <FieldView field={field} value={row.fields[name]} name={name} about={{ record: def.name, id: row.id }} /> : null
  }
  const shown: TableColumnsType<Line> = columns.map((name, i) => ({
    key: name,
    title: t(columnLabel(def, name)),
    // An empty list has no rows that need the room, and nothing to scroll to.
    ...(lines.length > 0 ? { width: widthOf(def, name, columnLabel(def, name), name in cells, lang) } : {}),
    ellipsis: { showTitle: false },
    ...(FIGURES.has(def.fields[name]?.kind ?? '') ? { align: 'right' as const, className: 'figures' } : {}),
    ...(i === 0 ? { fixed: 'left' as const } : {}),
    onCell: (line) => (isRow(line) ? {} : { colSpan: i === 0 ? columns.length : 0 }),
    render: (_: unknown, line: Line) => (isRow(line) ? cell(name, line) : line.heading),
  }))
  if (printing)
    return (
      <table className="printed-rows">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name}>{t(columnLabel(def, name))}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              {isRow(line) ? (
                columns.map((name) => <td key={name}>{cell(name, line)}</td>)
              ) : (
                <th colSpan={columns.length}>{line.heading}</th>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    )
  const wide = columns.reduce((sum, name) => sum + widthOf(def, name, columnLabel(def, name), name in cells, lang), 80)
  return (
    <div ref={box}>
      <Table<Line>
        size="small"
        rowKey="id"
        columns={shown}
        dataSource={[...lines]}
        pagination={false}
        {...(lines.length > 0 ? { scroll: { x: wide } } : {})}
        sticky={{ offsetHeader: 48 }}
        tableLayout="fixed"
        {...(unfold
          ? {
              expandable: { expandedRowRender: (line: Line) => (isRow(line) ? unfold(line) : null), rowExpandable: isRow, columnWidth: 32 },
            }
          : {})}
        {...(onSelect
          ? {
              rowSelection: {
                selectedRowKeys: [...(selected ?? [])],
                columnWidth: 36,
                onChange: (keys: Key[]) => onSelect(keys.map(String).filter((key) => !key.startsWith('group:'))),
                getCheckboxProps: (line: Line) => (isRow(line) ? {} : { disabled: true, style: { display: 'none' } }),
              },
            }
          : {})}
        onRow={(line) =>
          isRow(line)
            ? {
                onClick: () => onOpen(line.id),
                onKeyDown: (e) => e.key === 'Enter' && e.target === e.currentTarget && onOpen(line.id),
                tabIndex: 0,
                className: 'clickable',
              }
            : { className: 'group-row' }
        }
        locale={{ emptyText: props.empty ?? t(w('还没有记录', 'Nothing here yet')) }}
      />
      <div ref={end} />
      {more && (
        <Button block loading={loading} onClick={onMore} className="no-print">
          {t(w('更多', 'More'))}
        </Button>
      )}
    </div>
  )
}
