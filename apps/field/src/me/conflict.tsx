import { useSpeech, w } from '@guatu/client/language'
import { type Kept, NoNetwork } from '@guatu/client/offline'
import { dayOf, fullDayWords } from '@guatu/kernel'
import { useEffect, useState } from 'react'
import { clock, fieldOf, nameOf, said } from '../parts/words.ts'
import { Wrong } from '../parts/wrong.tsx'
import { useWork } from '../work.tsx'
import { Arrived } from './arrived.tsx'
import { against, mayArrive, sidesOf, type Theirs } from './sides.ts'

/**
 * How the record stands with the server: from this phone's rows, or asked for where it is no longer among them because others finished it.
 * Nobody decides while it is asked for: the card would grow under the finger.
 */
function useTheirs(record: string, id: string): { readonly theirs?: Theirs | undefined; readonly asking: boolean } {
  const work = useWork()
  const carried = work.replica.theirs(record, id)
  const [asked, setAsked] = useState<Theirs>()
  const [asking, setAsking] = useState(!carried)
  const { online } = work.status
  useEffect(() => {
    setAsking(!carried && online)
    if (carried || !online) return
    const ask = async () => {
      try {
        const answer = await work.ask(`/api/${record}/${id}`)
        if (answer.status === 200) setAsked(answer.body as Theirs)
      } catch (error) {
        if (!(error instanceof NoNetwork)) throw error
      } finally {
        setAsking(false)
      }
    }
    void ask()
  }, [work, carried, online, record, id])
  return { theirs: carried ?? asked, asking }
}

/** Both sides of a conflict, and a person who decides. Nothing is settled by itself. */
export function Conflict({ entry }: { readonly entry: Kept }) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const { act } = entry
  const def = work.replica.registry.records.get(act.record)
  const { twin, withheld, alone } = against(entry)
  const { theirs, asking } = useTheirs(act.record, twin ?? act.id)
  const { why, names, standing, mine, drop, insists } = sidesOf(def, entry, theirs)
  const person = work.replica.stays('person', String(theirs?.fields.person ?? (act.record === 'person' ? (twin ?? act.id) : '')))
  const fieldFor = (name: string) => fieldOf(def, act.action, name) ?? def?.fields[name]
  const say = (name: string, value: unknown) => {
    const field = fieldFor(name)
    return field ? said(work.replica, field, value, lang) : String(value ?? '—')
  }
  const again = async (how: 'insist' | 'drop') => {
    await work.outbox?.[how](entry.seq)
    await work.sync()
  }
  const at = work.clock ? t(clock(new Date(work.clock.instantOf(entry)).toISOString(), work.replica)) : ''
  return (
    <article className="card conflict">
      <strong>
        {t(def?.actions[act.action]?.label ?? w(act.action, act.action))}{' '}
        {withheld !== undefined
          ? withheld
          : person
            ? nameOf(work.replica, person, 'person', lang)
            : nameOf(work.replica, theirs, act.record, lang)}
      </strong>
      {why ? <Wrong>{t(why.message)}</Wrong> : null}
      <div className="sides">
        <div>
          <p className="label">{t(w(`我的（${at}）`, `Mine (${at})`))}</p>
          <dl>
            {entry.dated && act.happenedAt ? (
              <div>
                <dt>{t(def?.actions[act.action]?.dated?.label ?? w('发生日期', 'Happened on'))}</dt>
                <dd>{t(fullDayWords(dayOf(Temporal.Instant.from(act.happenedAt), work.replica.clock.zone)))}</dd>
              </div>
            ) : null}
            {names.map((name) => (
              <div key={name}>
                <dt>{t(fieldFor(name)?.label ?? w(name, name))}</dt>
                <dd>{say(name, mine[name] ?? undefined)}</dd>
              </div>
            ))}
          </dl>
        </div>
        {alone ? null : (
          <div>
            <p className="label">{t(w('系统里现在', 'In the system now'))}</p>
            {theirs ? (
              <dl>
                <dt>{t(w('状态', 'State'))}</dt>
                <dd>{t(def?.states[theirs.state] ?? w(theirs.state, theirs.state))}</dd>
                {standing
                  .filter((name) => def?.fields[name])
                  .map((name) => (
                    <div key={name}>
                      <dt>{t(def?.fields[name]?.label ?? w(name, name))}</dt>
                      <dd>{say(name, theirs.fields[name])}</dd>
                    </div>
                  ))}
                <dt>{t(w('最近更改', 'Last changed'))}</dt>
                <dd>{t(clock(theirs.changedAt, work.replica))}</dd>
              </dl>
            ) : (
              <p className="quiet">
                {asking ? '…' : t(w('不在本机数据中，联网后可见', 'Not among the data of this phone; seen with a network'))}
              </p>
            )}
          </div>
        )}
      </div>
      {mayArrive(entry) ? <Arrived entry={entry} onDone={() => void again('drop')} /> : null}
      <div className="pair">
        <button type="button" disabled={asking} onClick={() => void again('drop')}>
          {t(drop)}
        </button>
        {insists ? (
          <button type="button" className="main" disabled={asking} onClick={() => void again('insist')}>
            {t(w('仍按我的', 'Mine holds'))}
          </button>
        ) : null}
      </div>
      {twin === undefined || withheld !== undefined ? null : (
        <p className="hint">
          {t(
            w(
              '已有记录保留。如果是您录错了号码，请按此处理后重新登记。',
              'The one that is there stays. If you typed a wrong number, keep theirs and register again.',
            ),
          )}
        </p>
      )}
    </article>
  )
}
