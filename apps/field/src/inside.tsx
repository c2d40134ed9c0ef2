import { useSpeech, w } from '@guatu/client/language'
import type { FieldWork } from '@guatu/client/offline'
import type { Label } from '@guatu/kernel'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { Banner } from './parts/banner.tsx'
import { Icon, type IconName } from './parts/icon.tsx'
import { prepare } from './pass/device-key.ts'
import { Today } from './today/today.tsx'
import { useStatus, WorkProvider } from './work.tsx'

export { openWork } from './work.tsx'

const Scan = lazy(() => import('./scan/scan.tsx'))
const Register = lazy(() => import('./register/register.tsx'))
const Me = lazy(() => import('./me/me.tsx'))

type Tab = 'today' | 'scan' | 'register' | 'me'
const TABS: readonly { readonly tab: Tab; readonly label: Label; readonly icon: IconName }[] = [
  { tab: 'today', label: w('今日', 'Today'), icon: 'list' },
  { tab: 'scan', label: w('扫码', 'Scan'), icon: 'scan' },
  { tab: 'register', label: w('登记', 'Register'), icon: 'pen' },
  { tab: 'me', label: w('我的', 'Me'), icon: 'person' },
]

const tabOf = (hash: string): Tab => TABS.find(({ tab }) => hash === `#${tab}`)?.tab ?? 'today'

/** The four tabs. The address keeps the tab, so that the phone's back button does what people expect. */
export function Inside({ work }: { readonly work: FieldWork }) {
  const { t } = useSpeech()
  useStatus(work)
  const [tab, setTab] = useState<Tab>(() => tabOf(location.hash))
  const { lastSync, online } = work.status
  useEffect(() => {
    // After each sync: what passes need is renewed while there is a network.
    if (lastSync !== undefined && online) void prepare(work)
  }, [work, lastSync, online])
  // Pressing the tab again leads back to its beginning.
  const [round, setRound] = useState(0)
  useEffect(() => {
    const follow = () => setTab(tabOf(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const waiting = work.outbox?.entries.filter((one) => one.state === 'conflict' || one.state === 'refused').length ?? 0
  const body: Readonly<Record<Tab, ReactNode>> = {
    today: <Today key={round} />,
    scan: <Scan key={round} />,
    register: <Register key={round} />,
    me: <Me />,
  }
  return (
    <WorkProvider value={work}>
      <div className="app">
        <Banner />
        <main>
          <Suspense fallback={<p className="quiet pad">…</p>}>{body[tab]}</Suspense>
        </main>
        <nav className="tabs">
          {TABS.map((one) => (
            <a
              key={one.tab}
              href={`#${one.tab}`}
              onClick={() => setRound((n) => n + 1)}
              aria-current={tab === one.tab ? 'page' : undefined}
            >
              <Icon name={one.icon} />
              <span>{t(one.label)}</span>
              {one.tab === 'me' && waiting > 0 ? <b className="count">{waiting}</b> : null}
            </a>
          ))}
        </nav>
      </div>
    </WorkProvider>
  )
}
