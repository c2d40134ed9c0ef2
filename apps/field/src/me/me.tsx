import { useSpeech, w } from '@guatu/client/language'
import { type EntryState, isOpen, type Kept } from '@guatu/client/offline'
import { type Label, ROLES } from '@guatu/kernel'
import { type FormEvent, useEffect, useState } from 'react'
import { clock, nameOf } from '../parts/words.ts'
import { Wrong } from '../parts/wrong.tsx'
import { APP_VERSION, useWork } from '../work.tsx'
import { Conflict } from './conflict.tsx'
import { useHandedOver, whereOf } from './handed-over.ts'

export const STATES: Readonly<Record<EntryState, { readonly label: Label; readonly tone: string }>> = {
  kept: { label: w('◇ 在手机上', '◇ On the phone'), tone: 'plain' },
  sent: { label: w('↑ 已发出', '↑ Sent'), tone: 'due' },
  confirmed: { label: w('✓ 已确认', '✓ Confirmed'), tone: 'good' },
  conflict: { label: w('■ 有冲突', '■ Conflict'), tone: 'bad' },
  refused: { label: w('■ 被退回', '■ Refused'), tone: 'bad' },
  'handed-over': { label: w('→ 已移交', '→ Handed over'), tone: 'warn' },
  dropped: { label: w('已放弃', 'Dropped'), tone: 'plain' },
}
const MOST = 60

/** What lies on this phone, what waits for a decision, and the phone itself. */
export default function Me() {
  const work = useWork()
  const { t, lang, setLang } = useSpeech()
  const entries = work.outbox?.entries ?? []
  const decide = entries.filter((one) => one.state === 'conflict' || one.state === 'refused')
  const { actor } = work.replica.head ?? {}
  const roles = [...new Set(actor?.grants.map((grant) => t(ROLES[grant.role])) ?? [])].join(t(w('、', ', ')))
  return (
    <>
      <div className="bar">
        <h1>{actor?.name ?? work.status.username}</h1>
        <button type="button" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>
          {lang === 'zh' ? 'English' : '中文'}
        </button>
      </div>
      <p className="quiet">{roles}</p>
      {work.status.signInNeeded ? <SignInAgain /> : null}
      {decide.length > 0 ? <h2>{t(w(`需要您决定（${decide.length}）`, `For you to decide (${decide.length})`))}</h2> : null}
      {decide.map((entry) => (
        <Conflict key={entry.seq} entry={entry} />
      ))}
      <Sync />
      <h2>{t(w('我的记录', 'My entries'))}</h2>
      <Entries entries={entries.toReversed().slice(0, MOST)} />
      <Phone />
    </>
  )
}

function SignInAgain() {
  const work = useWork()
  const { t } = useSpeech()
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<Label>()
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const refused = await work.signIn(work.status.username ?? '', password)
    setPassword('')
    setWrong(refused?.message)
  }
  return (
    <form className="card" onSubmit={(event) => void send(event)}>
      <label>
        {t(w('登录已过期，请输入密码继续上传', 'Your sign-in has ended; enter your password to go on sending'))}
        <input type="password" value={password} autoComplete="current-password" onChange={(e) => setPassword(e.target.value)} />
      </label>
      {wrong ? <Wrong>{t(wrong)}</Wrong> : null}
      <button type="submit" className="main" disabled={password === ''}>
        {t(w('登录', 'Sign in'))}
      </button>
    </form>
  )
}

/** A clock that is off by this many minutes, half a year, is not wrong: the system plays another time. */
const FAR_OFF = 180 * 1_440

function Sync() {
  const work = useWork()
  const { t } = useSpeech()
  const { syncing, online, lastSync } = work.status
  const ahead = work.clock?.ahead
  const minutes = ahead === undefined ? 0 : Math.round(ahead / 60_000)
  const off =
    Math.abs(minutes) < 2_880
      ? w(`${Math.abs(minutes)}分钟`, `${Math.abs(minutes)} min`)
      : w(`${Math.round(Math.abs(minutes) / 1_440)}天`, `${Math.round(Math.abs(minutes) / 1_440)} days`)
  return (
    <section className="card">
      <p>
        <strong>{t(syncing ? w('正在同步…', 'Syncing…') : online ? w('已连接', 'Connected') : w('没有网络', 'No network'))}</strong>{' '}
        <span className="quiet">
          {lastSync === undefined
            ? ''
            : t(w(`上次同步 ${clock(lastSync, work.replica).zh}`, `last sync ${clock(lastSync, work.replica).en}`))}
        </span>
      </p>
      {Math.abs(minutes) >= 2 ? (
        <p className="note">
          {t(
            Math.abs(minutes) > FAR_OFF
              ? w(
                  '系统的日期与手机不是同一时期（演示或演练）；一律按系统的日期记录。',
                  'The system stands at another date than this phone (a demonstration or an exercise); its date is written.',
                )
              : w(
                  `手机时钟${minutes > 0 ? '快' : '慢'}${off.zh}；记录的时间已自动更正。`,
                  `The clock of this phone is ${off.en} ${minutes > 0 ? 'ahead' : 'behind'}; times are corrected.`,
                ),
          )}
        </p>
      ) : null}
      {/* Reached by keys at any time: asked for while it runs, it runs once more. */}
      <button type="button" onClick={() => void work.sync()}>
        {t(w('立即同步', 'Sync now'))}
      </button>
    </section>
  )
}

function Entries({ entries }: { readonly entries: readonly Kept[] }) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const handedOver = useHandedOver(entries.some(({ state }) => state === 'handed-over'))
  if (entries.length === 0) return <p className="quiet">{t(w('还没有记录。', 'No entries yet.'))}</p>
  return (
    <ul className="rows">
      {entries.map((entry) => {
        const def = work.replica.registry.records.get(entry.act.record)
        const state = STATES[entry.state]
        const row = work.replica.get(entry.act.record, entry.act.id)
        const person = work.replica.stays('person', String(row?.fields.person ?? (entry.act.record === 'person' ? entry.act.id : '')))
        const at = work.clock ? new Date(work.clock.instantOf(entry)).toISOString() : ''
        const there = entry.state === 'handed-over' ? handedOver.get(entry.act.event) : undefined
        return (
          <li key={entry.seq}>
            <div className="row">
              <span className="grow">
                <strong>{t(def?.actions[entry.act.action]?.label ?? w(entry.act.action, entry.act.action))}</strong>
                <small>
                  {[person ? nameOf(work.replica, person, 'person', lang) : '', at && t(clock(at, work.replica))]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
                {there ? <small>{t(whereOf(there, work.replica.area(there.area)?.name))}</small> : null}
              </span>
              <span className={`tag ${state.tone}`}>{t(state.label)}</span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** How much the app keeps, which version it is, and the way out. */
function Phone() {
  const work = useWork()
  const { t } = useSpeech()
  const [bytes, setBytes] = useState<number>()
  const [update, setUpdate] = useState<ServiceWorker>()
  const [sure, setSure] = useState(false)
  useEffect(() => {
    void navigator.storage?.estimate?.().then(({ usage }) => setBytes(usage))
    void navigator.serviceWorker?.getRegistration('/field/').then((found) => setUpdate(found?.waiting ?? undefined))
  }, [])
  const waiting = work.outbox?.entries.filter(isOpen).length ?? 0
  const takeOver = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    update?.postMessage('take-over')
  }
  return (
    <>
      <h2>{t(w('本机', 'This phone'))}</h2>
      <section className="card">
        <dl>
          <dt>{t(w('版本', 'Version'))}</dt>
          <dd>{APP_VERSION}</dd>
          <dt>{t(w('已用空间', 'Storage used'))}</dt>
          <dd>{bytes === undefined ? '—' : `${(bytes / 1_048_576).toFixed(1)} MB`}</dd>
        </dl>
        {update ? (
          <button type="button" className="main" onClick={takeOver}>
            {t(w('有新版本，点此更新', 'A new version is here: update'))}
          </button>
        ) : null}
        <div className="pair">
          <button type="button" onClick={() => work.lock()}>
            {t(w('锁定', 'Lock'))}
          </button>
          <button type="button" className="danger" onClick={() => setSure(true)}>
            {t(w('退出登录', 'Sign out'))}
          </button>
        </div>
        {sure ? (
          <div className="note">
            <p>
              {t(
                waiting > 0
                  ? w(
                      `还有${waiting}条没有上传。退出后密钥立即删除，记录加密保留，联网后自动移交。`,
                      `${waiting === 1 ? '1 entry is' : `${waiting} entries are`} unsent. Signing out removes the key at once; what is unsent stays sealed and is handed over when there is a network.`,
                    )
                  : w('退出后本机不再保留任何数据。', 'Nothing stays on this phone.'),
              )}
            </p>
            <div className="pair">
              <button type="button" onClick={() => setSure(false)}>
                {t(w('不退出', 'Stay'))}
              </button>
              <button type="button" className="danger" onClick={() => void work.signOut()}>
                {t(w('确认退出', 'Sign out'))}
              </button>
            </div>
          </div>
        ) : null}
      </section>
    </>
  )
}
