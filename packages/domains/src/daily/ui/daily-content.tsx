import { filtersOf, Sideways, usePlace, usePrinting, useSpeech, w } from '@guatu/client'
import { counted, type Label, minuteWords } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Alert, Flex, Table, Tag, Tooltip } from 'antd'
import { booksOf, figureOf } from '../report/checks.ts'
import type { AreaBooks, DailyContent, DayBooks } from '../report/content.ts'
import { CLASSES, type Line, linesOf } from '../report/lines.ts'
import { CountiesFroze } from './county-froze.tsx'
import { Course, CourseFailed, useCourse } from './course.tsx'
import { SinceLastReport } from './since-last.tsx'
import './daily.css'

interface ClassBooks {
  readonly key: string
  readonly label: Label
  readonly indicator: string
  readonly books: DayBooks
}

/** All classes together, above each by itself. */
const OBSERVED = { key: 'observed', label: w('全部', 'All'), indicator: 'monitoring.observed' }

/** Change against yesterday, for stocks: sign and arrow, never colour alone. */
function Change({ one, line }: { readonly one: AreaBooks; readonly line: Line }) {
  if (line.part !== 'stock') return null
  const change = figureOf(one, line) - figureOf(one, line, 'before')
  if (change === 0) return null
  return <span className="daily-change">{change > 0 ? `▲${change}` : `▼${-change}`}</span>
}

/** As of when the figures hold: of a day that is not over, as of when they were read. */
function asOf({ cutOff, composedAt, zone }: DailyContent): Label {
  const [end, read] = [minuteWords(cutOff, zone), minuteWords(composedAt, zone)]
  return Temporal.Instant.compare(composedAt, cutOff) < 0
    ? w(`数据截至${read.zh}，当日${end.zh}截止，尚未满一日；`, `As of ${read.en}; the day is cut off at ${end.en} and is not over;`)
    : w(`数据截至${end.zh}，生成于${read.zh}；`, `As of ${end.en}, composed ${read.en};`)
}

/** A figure of today leads to the records behind it; one of a day that is over, of two kinds of records, or a count of acts, stands for itself. */
function Behind({ one, line, now }: { readonly one: AreaBooks; readonly line: Line; readonly now: boolean }) {
  const { registry } = usePlace()
  const value = figureOf(one, line)
  const measure = registry.indicators.get(line.indicator)?.value
  const behind =
    now && line.part === 'stock' && value > 0 && value === booksOf(one, line.indicator).stock && measure
      ? filtersOf(registry, measure)
      : undefined
  return behind ? (
    <Link to={`/records/${behind.record}`} search={{ ...behind.filters, area: one.area }}>
      {value}
    </Link>
  ) : (
    value
  )
}

/** All columns of the areas on one sheet of paper, where nothing scrolls. */
function PrintedAreas({ content, reported }: { readonly content: DailyContent; readonly reported: (one: AreaBooks) => Label }) {
  const { t } = useSpeech()
  const lines = linesOf(content)
  return (
    <table className="printed-rows daily-printed">
      <thead>
        <tr>
          <th scope="col">{t(w('地区', 'Area'))}</th>
          {lines.map((line) => (
            <th key={line.key} scope="col">
              {t(line.label)}
            </th>
          ))}
          <th scope="col">{t(w('报送', 'Reporting'))}</th>
        </tr>
      </thead>
      <tbody>
        {[content.total, ...content.parts].map((one) => (
          <tr key={one.area}>
            <th scope="row">{one.name}</th>
            {lines.map((line) => (
              <td key={line.key}>{figureOf(one, line)}</td>
            ))}
            <td>{one === content.total ? '' : t(reported(one))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Everything that a daily report says, as it stands (`now`, the day that is today) or as it was frozen. */
export function DailyTables({ content, now = false }: { readonly content: DailyContent; readonly now?: boolean }) {
  const { t } = useSpeech()
  const printing = usePrinting()
  const courses = useCourse(content.area, content.day)
  const rows = [content.total, ...content.parts]
  const reported = (one: AreaBooks): Label =>
    content.zero.includes(one.name)
      ? w('零报告', 'zero report')
      : content.silent.includes(one.name)
        ? w('未报', 'nothing received')
        : w('已报', 'reported')
  return (
    <Flex vertical gap={16}>
      <p className="daily-as-of">
        {t(asOf(content))}{' '}
        {t(
          w(
            `截止后补录${content.late}条，已计入当日；疑似照抄${content.doubtful}人。`,
            `${counted(content.late, 'act')} arrived after the cut-off, counted on the day; people whose readings look copied: ${content.doubtful}.`,
          ),
        )}{' '}
        {now && content.doubtful > 0 && (
          <Link to="/records/watch" search={{ state: 'watching,absent', doubt: 'true', area: content.area }}>
            {t(w('查看疑似照抄', 'Show those'))}
          </Link>
        )}
      </p>
      {printing ? (
        <PrintedAreas content={content} reported={reported} />
      ) : (
        <Sideways>
          <Table
            size="small"
            bordered
            pagination={false}
            rowKey="area"
            scroll={{ x: 'max-content' }}
            dataSource={rows}
            rowClassName={(one) => (one === content.total ? 'daily-total' : '')}
            columns={[
              { title: t(w('地区', 'Area')), dataIndex: 'name', fixed: 'left', width: 120 },
              ...linesOf(content).map((line) => ({
                title: t(line.label),
                key: line.key,
                align: 'right' as const,
                render: (_: unknown, one: AreaBooks) => (
                  <span className="daily-figure">
                    <Behind one={one} line={line} now={now} /> <Change one={one} line={line} />
                  </span>
                ),
              })),
              {
                title: t(w('报送', 'Reporting')),
                key: 'reported',
                render: (_: unknown, one: AreaBooks) =>
                  one === content.total ? null : (
                    <Tag color={content.silent.includes(one.name) ? 'red' : 'default'}>{t(reported(one))}</Tag>
                  ),
              },
            ]}
          />
        </Sideways>
      )}
      <Sideways>
        <Table
          size="small"
          bordered
          pagination={false}
          rowKey="key"
          scroll={{ x: 'max-content' }}
          caption={t(w('分类进出', 'Classes'))}
          dataSource={[OBSERVED, ...CLASSES].map((one): ClassBooks => ({ ...one, books: booksOf(content.total, one.indicator) }))}
          rowClassName={(one) => (one.key === OBSERVED.key ? 'daily-total' : '')}
          columns={[
            { title: t(w('类别', 'Class')), key: 'class', render: (_, one) => t(one.label), fixed: 'left' },
            { title: t(w('昨日', 'Yesterday')), key: 'before', align: 'right', render: (_, { books }) => books.before },
            { title: t(w('进', 'Entered')), key: 'entered', align: 'right', render: (_, { books }) => books.entered },
            { title: t(w('出', 'Left')), key: 'left', align: 'right', render: (_, { books }) => books.left },
            { title: t(w('调入', 'Moved in')), key: 'in', align: 'right', render: (_, { books }) => books.movedIn },
            { title: t(w('调出', 'Moved out')), key: 'out', align: 'right', render: (_, { books }) => books.movedOut },
            { title: t(w('存量', 'Stock')), key: 'stock', align: 'right', render: (_, { books }) => <strong>{books.stock}</strong> },
            // A frozen report holds its day; the course beside it is that of the books as they stand.
            ...(now
              ? [
                  {
                    title: t(w('近14天', '14 days')),
                    key: 'course',
                    render: (_: unknown, one: ClassBooks) => <Course courses={courses} indicator={one.indicator} />,
                  },
                ]
              : []),
          ]}
        />
      </Sideways>
      {now && <CourseFailed courses={courses} />}
      {content.counties && <CountiesFroze counties={content.counties} zone={content.zone} />}
      {content.since && <SinceLastReport since={content.since} zone={content.zone} />}
      <Checks content={content} />
    </Flex>
  )
}

/** The consistency tests: one line when all hold, else each broken one with the acts to look at. */
function Checks({ content }: { readonly content: DailyContent }) {
  const { t } = useSpeech()
  const broken = content.checks.filter(({ holds }) => !holds)
  if (broken.length === 0)
    return (
      <Alert
        type="success"
        showIcon
        title={t(w(`校验 ${content.checks.length} 项，全部平衡。`, `All ${content.checks.length} tests hold.`))}
        description={
          <details>
            <summary>{t(w('查看各项', 'Show them'))}</summary>
            <ul className="daily-checks">
              {content.checks.map((check) => (
                <li key={`${check.code} ${check.area}`}>✓ {t(check.words)}</li>
              ))}
            </ul>
          </details>
        }
      />
    )
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t(
        w(
          `${broken.length} 项校验不平衡，请核对所列事件。`,
          `${broken.length === 1 ? '1 test does' : `${broken.length} tests do`} not hold: look at the acts named here.`,
        ),
      )}
      description={
        <ul className="daily-checks">
          {broken.map((check) => (
            <li key={`${check.code} ${check.area} ${check.indicator} ${(check.events ?? []).join(' ')}`}>
              ■ {t(check.words)}{' '}
              {(check.events ?? []).map((event) => (
                <Tooltip key={event} title={event}>
                  <code>{event.slice(0, 8)}</code>{' '}
                </Tooltip>
              ))}
            </li>
          ))}
        </ul>
      }
    />
  )
}
