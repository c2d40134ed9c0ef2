import { Sideways, usePlace, useSpeech, w } from '@guatu/client'
import { Button, Card, Table, type TableColumnsType } from 'antd'
import type { Line, Question } from './questions.ts'

/** What is chosen of the figures: a question and, within it, one area. */
export interface Chosen {
  readonly question: string
  readonly area?: string
}

interface Figures {
  readonly asked: readonly Question[]
  readonly lines: readonly Line[]
  /** Leads from a figure to the people behind it; without it figures stand for themselves, as those of a day that is over. */
  readonly choice?: { readonly chosen: Chosen; onChoose(question: string, area?: string): void }
  onEnter(area: string): void
}

const total = (lines: readonly Line[], key: string) => lines.reduce((sum, line) => sum + (line.counts[key] ?? 0), 0)

/** The answers to every question: in sum, and by place. */
export function BoardFigures(props: Figures) {
  return (
    <>
      <Tiles {...props} />
      <Places {...props} />
    </>
  )
}

function Tiles({ asked, lines, choice }: Figures) {
  const { t } = useSpeech()
  return (
    <div className="observation-tiles">
      {asked.map((one) => {
        const n = total(lines, one.key)
        const chosen = choice?.chosen.question === one.key
        const figure = (
          <>
            <span className="tile-label">{t(one.label)}</span>
            <span className={one.alarm && n > 0 ? 'tile-figure tile-alarm' : 'tile-figure'}>
              {one.alarm && n > 0 ? '■ ' : ''}
              {n}
            </span>
          </>
        )
        return (
          <Card key={one.key} size="small" className={chosen ? 'tile tile-chosen' : 'tile'}>
            {choice ? (
              <button type="button" onClick={() => choice.onChoose(one.key)} aria-pressed={chosen}>
                {figure}
              </button>
            ) : (
              <div className="tile-still">{figure}</div>
            )}
          </Card>
        )
      })}
    </div>
  )
}

/** One figure of one place. */
function Cell({ one, line, choice }: { readonly one: Question; readonly line: Line; readonly choice: Figures['choice'] }) {
  const n = line.counts[one.key] ?? 0
  if (n === 0) return <span className="zero">0</span>
  const words = `${one.alarm ? '■ ' : ''}${n}`
  if (!choice) return <span className={one.alarm ? 'alarm-figure' : ''}>{words}</span>
  const here = choice.chosen.question === one.key && choice.chosen.area === line.area
  return (
    <Button
      type={here ? 'primary' : 'link'}
      size="small"
      className={one.alarm ? 'figure alarm-figure' : 'figure'}
      onClick={() => choice.onChoose(one.key, line.area)}
    >
      {words}
    </Button>
  )
}

function Places({ asked, lines, choice, onEnter }: Figures) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const columns: TableColumnsType<Line> = [
    {
      key: 'area',
      title: t(w('地点', 'Place')),
      fixed: 'left',
      width: 190,
      render: (_, line) => (
        <Button type="link" size="small" className="figure" onClick={() => onEnter(line.area)}>
          {areas.get(line.area)?.name ?? line.area}
        </Button>
      ),
    },
    ...asked.map((one) => ({
      key: one.key,
      title: t(one.label),
      align: 'right' as const,
      width: 112,
      sorter: (a: Line, b: Line) => (a.counts[one.key] ?? 0) - (b.counts[one.key] ?? 0),
      render: (_: unknown, line: Line) => <Cell one={one} line={line} choice={choice} />,
    })),
  ]
  return (
    <Sideways>
      <Table<Line>
        size="small"
        rowKey="area"
        columns={columns}
        dataSource={[...lines].sort(
          (a, b) => (b.counts.morning ?? 0) - (a.counts.morning ?? 0) || (b.counts.observed ?? 0) - (a.counts.observed ?? 0),
        )}
        pagination={lines.length > 12 ? { pageSize: 12, size: 'small', showSizeChanger: false } : false}
        scroll={{ x: 190 + asked.length * 112 }}
        locale={{ emptyText: t(w('没有正在观察的人', 'Nobody is under observation')) }}
      />
    </Sideways>
  )
}
