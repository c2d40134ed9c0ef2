import { useSpeech, w } from '@guatu/client/language'
import { type FieldWork, isPin, type Status } from '@guatu/client/offline'
import { counted, type Label } from '@guatu/kernel'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Wrong } from './parts/wrong.tsx'

interface Door {
  readonly status: Status
  /** What is behind the door may still be loading. */
  work(): Promise<FieldWork>
}

function Page({ title, hint, children }: { readonly title: Label; readonly hint?: Label; readonly children: ReactNode }) {
  const { t, lang, setLang } = useSpeech()
  return (
    <main className="gate">
      <header>
        <img src="/field/icon.svg" alt="" width="56" height="56" />
        <h1>{t(title)}</h1>
        {hint ? <p className="quiet">{t(hint)}</p> : null}
      </header>
      {children}
      <button type="button" className="link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>
        {lang === 'zh' ? 'English' : '中文'}
      </button>
    </main>
  )
}

/** Signing in, once, with a network. */
export function SignIn({ status, work }: Door) {
  const { t } = useSpeech()
  const [username, setUsername] = useState(status.username ?? '')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<Label>()
  const [busy, setBusy] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const refused = await (await work()).signIn(username.trim().toLowerCase(), password)
    setBusy(false)
    if (refused) setWrong(refused.message)
  }
  return (
    <Page
      title={w('挂图外勤', 'Guatu Field')}
      hint={w('首次使用需要网络，之后没有信号也能工作。', 'The first time needs the network; then it works without.')}
    >
      <form onSubmit={(event) => void send(event)}>
        <label>
          {t(w('账号', 'Account'))}
          <input value={username} onChange={(e) => setUsername(e.target.value)} autoComplete="username" autoCapitalize="none" required />
        </label>
        <label>
          {t(w('密码', 'Password'))}
          <input type="password" value={password} onChange={(e) => setPassword(e.target.value)} autoComplete="current-password" required />
        </label>
        {wrong ? <Wrong>{t(wrong)}</Wrong> : null}
        {status.leftBehind > 0 ? (
          <p className="note">
            {t(
              w(
                `本机还有${status.leftBehind}项加密的未上传记录和照片，联网后自动移交。`,
                `Unsent work waits here, sealed (entries and photos: ${status.leftBehind}); it is handed over when there is a network.`,
              ),
            )}
          </p>
        ) : null}
        <button type="submit" className="main" disabled={busy}>
          {t(w('登录', 'Sign in'))}
        </button>
      </form>
    </Page>
  )
}

function PinField({ label, value, set }: { readonly label: Label; readonly value: string; readonly set: (value: string) => void }) {
  const { t } = useSpeech()
  return (
    <label>
      {t(label)}
      <input
        className="pin"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        value={value}
        onChange={(e) => set(e.target.value.replace(/\D/g, ''))}
        required
      />
    </label>
  )
}

/** A PIN of one's own for opening the app without a network. */
export function ChoosePin({ work }: Pick<Door, 'work'>) {
  const { t } = useSpeech()
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [wrong, setWrong] = useState<Label>()
  const [busy, setBusy] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!isPin(pin))
      return setWrong(w('请用6到12位数字，不要用连号或重复的数字。', 'Use 6 to 12 digits that are no run and no repetition.'))
    if (pin !== again) return setWrong(w('两次输入不一致，请重新输入。', 'The two differ; enter them again.'))
    setBusy(true)
    await (await work()).choosePin(pin)
  }
  return (
    <Page
      title={w('设置开机码', 'Choose a PIN')}
      hint={w('没有信号时用它打开应用，数据以它加密。', 'It opens the app without a signal; the data are locked with it.')}
    >
      <form onSubmit={(event) => void send(event)}>
        <PinField label={w('开机码（6位以上数字）', 'PIN (6 digits or more)')} value={pin} set={setPin} />
        <PinField label={w('再输一次', 'Once more')} value={again} set={setAgain} />
        {wrong ? <Wrong>{t(wrong)}</Wrong> : null}
        <button type="submit" className="main" disabled={busy}>
          {t(w('开始工作', 'Start working'))}
        </button>
      </form>
    </Page>
  )
}

export function Locked({ status, work }: Door) {
  const { t } = useSpeech()
  const [pin, setPin] = useState('')
  const [left, setLeft] = useState<number>()
  const [busy, setBusy] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const wrong = await (await work()).unlock(pin)
    setBusy(false)
    setPin('')
    if (wrong) setLeft(wrong.left)
  }
  return (
    <Page title={w('请输入开机码', 'Enter your PIN')} hint={{ zh: status.username ?? '', en: status.username ?? '' }}>
      <form onSubmit={(event) => void send(event)}>
        <PinField label={w('开机码', 'PIN')} value={pin} set={setPin} />
        {left === undefined ? null : (
          <Wrong>
            {t(
              w(
                `开机码不对，还可以试${left}次；之后须用密码联网登录，数据不会丢。`,
                `Wrong PIN, ${counted(left, 'attempt')} left; then sign in by password. Nothing is lost.`,
              ),
            )}
          </Wrong>
        )}
        <button type="submit" className="main" disabled={busy || pin.length < 6}>
          {t(busy ? w('正在打开…', 'Opening…') : w('打开', 'Open'))}
        </button>
      </form>
    </Page>
  )
}

/** As long as something is handed over this says so, and nothing else can be done. */
export function Wiped({ status }: Pick<Door, 'status'>) {
  const { t } = useSpeech()
  const left = status.leftBehind
  if (left > 0)
    return (
      <Page title={w('正在移交本机的记录', 'Handing over what is left here')}>
        <p className="note" role="status">
          {t(
            w(
              `管理员已远程清除本机；还有${left}项加密的未上传记录和照片在移交给乡镇。请保持联网、打开本页，完成后自动清空；没有信号时会自动再试。`,
              `The administrator wiped this phone from afar; unsent work is being handed over to the town, sealed (entries and photos left: ${left}). Stay connected and leave this page open; the phone is emptied when it is done. Without a signal it tries again by itself.`,
            ),
          )}
        </p>
      </Page>
    )
  return (
    <Page title={w('本机已清除', 'This phone was wiped')}>
      <p className="note">
        {t(
          w(
            '管理员已远程清除本机数据；未上传的记录已移交给乡镇。',
            'The administrator wiped this phone from afar; unsent work was handed over to the town.',
          ),
        )}
      </p>
      <button type="button" className="main" onClick={() => location.reload()}>
        {t(w('重新登录', 'Sign in again'))}
      </button>
    </Page>
  )
}
