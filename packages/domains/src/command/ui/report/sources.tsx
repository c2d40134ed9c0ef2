import { type Chip, RecordPanel, usePlace, useSpeech, w } from '@guatu/client'
import { dayWords } from '@guatu/kernel'
import { Button, Collapse, Drawer, Empty, Flex, Tag, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { figureWords, momentWords, type ReportContent, type ReportFigure, type ReportSource } from '../../report/index.ts'
import { ActLine, ActsOfBooks } from './acts-of-books.tsx'

interface Props {
  /** Id of the report. */
  readonly report: string
  readonly content: ReportContent
  readonly sources: readonly ReportSource[]
  readonly figures: readonly string[]
  /** The figure that was clicked, shown first and open. */
  readonly figure: string | undefined
  readonly chips: ReadonlyMap<string, Chip>
}

const KIND = { meeting: w('会议', 'Meeting'), item: w('事项', 'Matter'), task: w('任务', 'Task') } as const
const SHOWN = 12
const MOST_EVENTS = 200

/** What a paragraph was made from: its tasks and figures; a click opens the record, or the events behind a figure. */
export function Sources({ report, content, sources, figures, figure, chips }: Props) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const [open, setOpen] = useState<{ record: string; id: string }>()
  const [all, setAll] = useState(false)
  const def = open && registry.records.get(open.record)
  const used = content.figures.filter((one) => figures.includes(one.id))
  const listed = all ? sources : sources.slice(0, SHOWN)
  return (
    <Flex vertical gap={8} className="sources" component="aside" aria-label={t(w('来源', 'Sources'))}>
      <Typography.Title level={5} style={{ margin: 0 }}>
        {t(w('本段来源', 'What this is made from'))}
      </Typography.Title>
      {used.length + sources.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(w('指向一段文字，查看其任务和数据。', 'Point at a paragraph to see its tasks and figures.'))}
        />
      )}
      {used.length > 0 && (
        <Collapse
          size="small"
          key={`${figure ?? ''}${used[0]?.id}`}
          defaultActiveKey={figure === undefined ? [] : [figure]}
          items={used.map((one) => ({
            key: one.id,
            label: <FigureLine figure={one} chip={chips.get(one.id)} />,
            children: <Behind report={report} content={content} figure={one} onOpen={setOpen} />,
          }))}
        />
      )}
      {listed.map((source) => (
        <Button
          key={`${source.record}${source.id}`}
          size="small"
          className="source"
          onClick={() => setOpen({ record: source.record, id: source.id })}
        >
          <Tag>{t(KIND[source.record])}</Tag>
          <span>{source.name}</span>
        </Button>
      ))}
      {sources.length > SHOWN && (
        <Button type="link" size="small" onClick={() => setAll(!all)}>
          {all ? t(w('收起', 'Fewer')) : t({ zh: `全部${sources.length}条`, en: `All ${sources.length}` })}
        </Button>
      )}
      <Drawer open={open !== undefined} onClose={() => setOpen(undefined)} size={640} title={def && t(def.label)}>
        {open && def && <RecordPanel def={def} id={open.id} />}
      </Drawer>
    </Flex>
  )
}

function FigureLine({ figure, chip }: { readonly figure: ReportFigure; readonly chip: Chip | undefined }) {
  const { t, lang } = useSpeech()
  const { named } = usePlace()
  return (
    <Flex gap={6} wrap align="baseline">
      <b>{figureWords(figure, lang)}</b>
      <span>{t(figure.label)}</span>
      <Typography.Text type="secondary">
        {named(figure.unit ?? figure.area)} · {t(dayWords(figure.day))}
      </Typography.Text>
      {chip?.now !== undefined && <Tag color="orange">{chip.now}</Tag>}
    </Flex>
  )
}

/** The events that a figure counts, each leading to its record; or, for a figure of the books, what exactly is counted. */
function Behind(props: {
  readonly report: string
  readonly content: ReportContent
  readonly figure: ReportFigure
  onOpen(of: { record: string; id: string }): void
}) {
  const { report, content, figure, onOpen } = props
  const { t } = useSpeech()
  const { registry, me } = usePlace()
  const meaning = registry.indicators.get(figure.indicator)?.meaning
  const asOf = momentWords(figure.asOf, me.zone)
  const names = useMemo(() => namesOf(content), [content])
  const events = figure.from === 'tallies' ? [] : [...new Set([...figure.from, ...(figure.perFrom ?? [])])]
  return (
    <Flex vertical gap={4}>
      {meaning && <span>{t(meaning)}</span>}
      <Typography.Text type="secondary">
        {figure.from === 'tallies'
          ? t({ zh: `台账日终数，截至${asOf.zh}`, en: `From the books, as of ${asOf.en}` })
          : events.length === 0
            ? t({ zh: `截至${asOf.zh}，没有符合的记录`, en: `As of ${asOf.en}, no record counts` })
            : t({
                zh: `截至${asOf.zh}，由以下${events.length}条操作得出`,
                en: `As of ${asOf.en}, from ${events.length === 1 ? 'this act' : `these ${events.length} acts`}`,
              })}
      </Typography.Text>
      {events.slice(0, MOST_EVENTS).map((id) => {
        const act = content.acts[id]
        return act && <ActLine key={id} act={act} name={names.get(act.recordId)} onOpen={onOpen} />
      })}
      {figure.from === 'tallies' && figure.behind && <ActsOfBooks report={report} figure={figure} names={names} onOpen={onOpen} />}
      {events.length > MOST_EVENTS && (
        <Typography.Text type="secondary">
          {t({ zh: `其余${events.length - MOST_EVENTS}条略`, en: `and ${events.length - MOST_EVENTS} more` })}
        </Typography.Text>
      )}
    </Flex>
  )
}

/** What the records of a report were called, by id. */
const namesOf = (content: ReportContent): ReadonlyMap<string, string> =>
  new Map(
    content.blocks
      .flatMap((block) => (block.kind === 'table' ? block.rows.flatMap((row) => row.sources) : block.sources))
      .map((source) => [source.id, source.name]),
  )
