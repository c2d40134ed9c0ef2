import { type AnyRecord, actorLabel, CORRECT, type DomainEvent, MOVE, meaningsOf } from '@guatu/kernel'
import { Button, Timeline as Line, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { useTimeline } from '../api/queries.ts'
import { FieldView } from '../kinds/view.tsx'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { Loaded } from '../shell/states.tsx'
import { CorrectDialogue } from './correct.tsx'
import { type Corrected, correctionsOf } from './corrected.ts'
import { isDocument } from './document.ts'
import { type Moved, movedNothing, movesOf } from './moves.ts'

const BUILT_IN = { [CORRECT]: w('更正', 'Correction'), [MOVE]: w('调整区划', 'Moved to another area') }
const REFORM = w('随区划调整转入', 'Taken along by a reform of areas')

/** Everything that was done to a record: who, when it happened, when it was recorded; corrections shown as corrections. */
export function Timeline({ def, id }: { readonly def: AnyRecord; readonly id: string }) {
  const query = useTimeline(def.name, id)
  const news = useMemo(() => newsOf(def, query.data?.events ?? []), [def, query.data])
  const corrections = useMemo(() => correctionsOf(def, query.data?.events ?? []), [def, query.data])
  const moves = useMemo(() => movesOf(query.data?.events ?? []), [query.data])
  const corrected = new Map(
    (query.data?.events ?? []).flatMap((event) => (event.corrects === null ? [] : [[event.corrects, event] as const])),
  )
  return (
    <Loaded query={query}>
      {({ events, actors, correctable }) => (
        <Line
          items={[...events]
            .reverse()
            .filter((event) => !movedNothing(event, moves))
            .filter((event) => Object.keys(news.get(event.id) ?? event.input).length > 0 || !def.actions[event.action]?.automatic)
            .map((event) => ({
              color: event.action === CORRECT ? 'orange' : corrected.has(event.id) ? 'gray' : 'blue',
              content: (
                <Entry
                  def={def}
                  event={event}
                  who={actors[event.actor]}
                  input={news.get(event.id) ?? event.input}
                  corrected={corrected.has(event.id)}
                  correction={corrections.get(event.id)}
                  moved={moves.get(event.id)}
                  events={events}
                  may={correctable.find((one) => one.event === event.id)}
                />
              ),
            }))}
        />
      )}
    </Loaded>
  )
}

/** What the system wrote down by itself is shown only as far as it says something new. */
function newsOf(def: AnyRecord, events: readonly DomainEvent[]): ReadonlyMap<string, DomainEvent['input']> {
  const known = new Map<string, string>()
  const news = new Map<string, DomainEvent['input']>()
  for (const event of events) {
    const fresh = Object.entries(event.input).filter(([name, value]) => value !== null && known.get(name) !== JSON.stringify(value))
    if (def.actions[event.action]?.automatic) news.set(event.id, Object.fromEntries(fresh))
    for (const [name, value] of Object.entries(event.input)) known.set(name, JSON.stringify(value))
  }
  return news
}

function Entry({
  def,
  event,
  who,
  input,
  corrected,
  correction,
  moved,
  events,
  may,
}: {
  readonly def: AnyRecord
  readonly event: DomainEvent
  /** Name of the account that acted; the system and offices without accounts have none. */
  readonly who: string | undefined
  readonly input: DomainEvent['input']
  readonly corrected: boolean
  /** What it sets right, where it is a correction. */
  readonly correction: Corrected | undefined
  /** From where to where, where it is a move. */
  readonly moved: Moved | undefined
  readonly events: readonly DomainEvent[]
  /** May whoever looks set it right, or take it back? */
  readonly may: { readonly void: boolean } | undefined
}) {
  const { t, lang } = useSpeech()
  const { at, named } = usePlace()
  const [correcting, setCorrecting] = useState(false)
  const action = def.actions[event.action]
  const time = (iso: string) =>
    new Date(iso).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: at.zone, dateStyle: 'medium', timeStyle: 'short' })
  const late = Date.parse(event.recordedAt) - Date.parse(event.happenedAt) > 60_000
  const known = actorLabel(event.actor)
  const meanings = meaningsOf(def, event.action)
  const label = moved?.reform ? REFORM : (action?.label ?? BUILT_IN[event.action as keyof typeof BUILT_IN])
  return (
    <div>
      <Typography.Text strong delete={corrected}>
        {label ? t(label) : event.action}
      </Typography.Text>{' '}
      {correction && <CorrectedAct def={def} correction={correction} when={time(correction.original.happenedAt)} />}
      <Typography.Text type="secondary">
        {time(event.happenedAt)}
        {who !== undefined && ` · ${who}`}
        {event.unit && ` · ${at.nameOf('unit', event.unit) ?? event.unit}`}
        {late && ` · ${t(w('录入于', 'recorded'))} ${time(event.recordedAt)}`}
        {who === undefined && known && ` · ${t(known)}`}
      </Typography.Text>
      {moved && (
        <div>
          {named(moved.from)} → {named(moved.to)}
        </div>
      )}
      <dl className="facts">
        {Object.entries(meanings).map(([name, field]) => {
          const value = input[name] ?? null
          if (value === null || isDocument(value) || (Array.isArray(value) && value.length === 0)) return null
          return (
            <div key={name}>
              <dt>{t(field.label)}</dt>
              <dd>
                <FieldView field={field} value={value} name={name} about={{ record: event.record, id: event.recordId }} />
              </dd>
            </div>
          )
        })}
      </dl>
      {correction && <Changes def={def} correction={correction} />}
      {event.action === CORRECT && (
        <Typography.Text>
          {t(w('原因：', 'Reason: '))}
          {String(event.input.reason ?? '')}
        </Typography.Text>
      )}
      {may && (
        <Button type="link" size="small" className="timeline-correct" onClick={() => setCorrecting(true)}>
          {t(w('更正', 'Correct'))}
        </Button>
      )}
      {may && correcting && (
        <CorrectDialogue
          def={def}
          event={event}
          events={events}
          mayVoid={may.void}
          when={time(event.happenedAt)}
          onClose={() => setCorrecting(false)}
        />
      )}
    </div>
  )
}

/** Which act a correction is of. */
function CorrectedAct({ def, correction, when }: { readonly def: AnyRecord; readonly correction: Corrected; readonly when: string }) {
  const { t } = useSpeech()
  const { original, void: voids } = correction
  const label = def.actions[original.action]?.label ?? { zh: original.action, en: original.action }
  return (
    <Typography.Text>
      {t(
        voids
          ? { zh: `作废“${label.zh}”（${when}） `, en: `takes back “${label.en}” (${when}) ` }
          : { zh: `“${label.zh}”（${when}） `, en: `of “${label.en}” (${when}) ` },
      )}
    </Typography.Text>
  )
}

/** What a correction changed, from what to what. */
function Changes({ def, correction: { original, changes } }: { readonly def: AnyRecord; readonly correction: Corrected }) {
  const { t } = useSpeech()
  const about = { record: original.record, id: original.recordId }
  return (
    <dl className="facts">
      {changes.map(({ name, was, is }) => {
        const field = meaningsOf(def, original.action)[name]
        const shown = (value: unknown) =>
          field && value !== undefined && value !== null ? <FieldView field={field} value={value} name={name} about={about} /> : '—'
        return (
          field && (
            <div key={name}>
              <dt>{t(field.label)}</dt>
              <dd>
                {shown(was)} → <strong>{shown(is)}</strong>
              </dd>
            </div>
          )
        )
      })}
    </dl>
  )
}
