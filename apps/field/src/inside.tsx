import { useSpeech, w } from '@guatu/client/language'
import type { FieldWork } from '@guatu/client/offline'
import type { Label } from '@guatu/kernel'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { mayStand, onlyStands } from './gate/ready.ts'
import { Banner } from './parts/banner.tsx'
import { Icon, type IconName } from './parts/icon.tsx'
import { prepare } from './pass/device-key.ts'
import { Today } from './today/today.tsx'
import { useStatus, WorkProvider } from './work.tsx'

export { openWork } from './work.tsx'

const Scan = lazy(() => import('./scan/scan.tsx'))
const Register = lazy(() => import('./register/register.tsx'))
const Gate = lazy(() => import('./gate/gate.tsx'))
const Me = lazy(() => import('./me/me.tsx'))

type Tab = 'today' | 'scan' | 'gate' | 'register' | 'me'
const TABS: readonly { readonly tab: Tab; readonly label: Label; readonly icon: IconName }[] = [
  { tab: 'today', label: w('今日', 'Today'), icon: 'list' },
  { tab: 'scan', label: w('扫码', 'Scan'), icon: 'scan' },
  { tab: 'gate', label: w('卡口', 'Gate'), icon: 'gate' },
  { tab: 'register', label: w('登记', 'Register'), icon: 'pen' },
  { tab: 'me', label: w('我的', 'Me'), icon: 'person' },
]

/** Whoever only stands at a gate has nothing due from door to door. */
const screensOf = (work: FieldWork) =>
  TABS.filter(({ tab }) => (onlyStands(work) ? tab === 'gate' || tab === 'me' : tab !== 'gate' || mayStand(work)))

/** Four tabs at most: those who go from door to door find the gate under what they scan. */
const isTab = (tab: Tab, work: FieldWork) => tab !== 'gate' || onlyStands(work)

const screenAt = (hash: string, screens: typeof TABS): Tab => (screens.find(({ tab }) => hash === `#${tab}`) ?? screens[0])?.tab ?? 'today'

/** The tabs. The address keeps the tab, so that the phone's back button does what people expect. */
export function Inside({ work }: { readonly work: FieldWork }) {
  const { t } = useSpeech()
  useStatus(work)
  const screens = screensOf(work)
  const [hash, setHash] = useState(location.hash)
  const tab = screenAt(hash, screens)
  const lit = isTab(tab, work) ? tab : 'scan'
  const { lastSync, online } = work.status
  useEffect(() => {
    // After each sync: what passes need is renewed while there is a network.
    if (lastSync !== undefined && online) void prepare(work)
  }, [work, lastSync, online])
  // Pressing the tab again leads back to its beginning.
  const [round, setRound] = useState(0)
  useEffect(() => {
    const follow = () => setHash(location.hash)
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const waiting = work.outbox?.entries.filter((one) => one.state === 'conflict' || one.state === 'refused').length ?? 0
  const body: Readonly<Record<Tab, ReactNode>> = {
    today: <Today key={round} />,
    scan: <Scan key={round} />,
    gate: <Gate key={round} />,
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
          {screens
            .filter((one) => isTab(one.tab, work))
            .map((one) => (
              <a
                key={one.tab}
                href={`#${one.tab}`}
                onClick={() => setRound((n) => n + 1)}
                aria-current={lit === one.tab ? 'page' : undefined}
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
