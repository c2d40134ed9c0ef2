import { SearchOutlined } from '@ant-design/icons'
import { type AnyRecord, problem, type Registry } from '@guatu/kernel'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
  type RouteComponent,
  RouterProvider,
  useParams,
  useSearch,
} from '@tanstack/react-router'
import { App as AntApp, Button, ConfigProvider, Flex, Spin, Typography } from 'antd'
import enGB from 'antd/locale/en_GB'
import zhCN from 'antd/locale/zh_CN'
import 'dayjs/locale/zh-cn'
import dayjs from 'dayjs'
import { useMemo, useSyncExternalStore } from 'react'
import Account from '../account/account.tsx'
import { asProblem } from '../api/client.ts'
import { useMe } from '../api/queries.ts'
import { RecordList } from '../records/record-list.tsx'
import { RecordPanel } from '../records/record-panel.tsx'
import '../records/records.css'
import { systemScreens } from '../system/screens.tsx'
import { AppShell, signOut } from './app-shell.tsx'
import { derivedScreens } from './derived-screens.ts'
import { LanguageProvider, useSpeech, w } from './language.tsx'
import { type Pages, type Panels, PlaceProvider, usePlace, type WaysOn } from './place.tsx'
import type { Screen } from './screens.ts'
import { SignIn } from './sign-in.tsx'
import { Failed } from './states.tsx'
import { officeTheme } from './theme.ts'

/** How long until what the server could not answer is asked again, milliseconds. A refusal stays one. */
const ASK_AGAIN_MS = 10_000
const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: 1,
      refetchOnWindowFocus: false,
      staleTime: 5_000,
      refetchInterval: ({ state }) => {
        if (state.status !== 'error') return false
        const { status } = asProblem(state.error)
        return status === 0 || status >= 500 ? ASK_AGAIN_MS : false
      },
    },
  },
})

/** The whole web application for a registry of domains and their special screens. */
export function GuatuApp({ registry, screens }: { readonly registry: Registry; readonly screens: readonly Screen[] }) {
  const all = useMemo(() => [...screens, ...derivedScreens(registry, screens), ...systemScreens], [registry, screens])
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <Dressed>
          <Gate registry={registry} screens={all} />
        </Dressed>
      </LanguageProvider>
    </QueryClientProvider>
  )
}

const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
const onCalm = (tell: () => void) => {
  calm.addEventListener('change', tell)
  return () => calm.removeEventListener('change', tell)
}

/** Whether this person's system asks for no motion. */
const useStillness = () => useSyncExternalStore(onCalm, () => calm.matches)

function Dressed({ children }: { readonly children: React.ReactNode }) {
  const { lang } = useSpeech()
  const still = useStillness()
  const theme = useMemo(() => officeTheme(lang, still), [lang, still])
  dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en')
  return (
    <ConfigProvider
      locale={lang === 'zh' ? zhCN : enGB}
      theme={theme}
      componentSize="middle"
      button={{ autoInsertSpace: false }}
      tabs={{ more: { icon: lang === 'zh' ? '更多' : 'More' } }}
      inputSearch={{ searchIcon: <SearchOutlined aria-label={lang === 'zh' ? '查找' : 'Find'} /> }}
    >
      <AntApp>{children}</AntApp>
    </ConfigProvider>
  )
}

/** Sign-in first; everything else needs to know who looks. */
function Gate({ registry, screens }: { readonly registry: Registry; readonly screens: readonly Screen[] }) {
  const me = useMe()
  const router = useMemo(() => makeRouter(registry, screens), [registry, screens])
  const panels = useMemo<Panels>(() => Object.assign({}, ...screens.map((one) => one.panels)), [screens])
  const pages = useMemo<Pages>(
    () => Object.fromEntries(screens.flatMap((one) => (one.of ? [[one.of, `/${one.path.replace('$id', '')}`] as const] : []))),
    [screens],
  )
  const waysOn = useMemo<WaysOn>(() => Object.assign({}, ...screens.map((one) => one.waysOn)), [screens])
  if (me.isPending) return <Spin fullscreen />
  if (me.error) {
    const refused = asProblem(me.error)
    return refused.status === 401 ? <SignIn /> : <Failed problem={refused} again={() => void me.refetch()} />
  }
  if (me.data.pending) return <FirstThings />
  return (
    <PlaceProvider registry={registry} panels={panels} pages={pages} waysOn={waysOn}>
      <RouterProvider router={router} />
    </PlaceProvider>
  )
}

/** Whoever first has to set a password or a second factor sees the own account and nothing else. */
function FirstThings() {
  const { t } = useSpeech()
  return (
    <main className="content">
      <Account />
      <Button style={{ marginTop: 12 }} onClick={() => void signOut()}>
        {t(w('退出', 'Sign out'))}
      </Button>
    </main>
  )
}

function makeRouter(registry: Registry, screens: readonly Screen[]) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: Missing })
  const office = createRoute({ getParentRoute: () => root, id: 'office', component: () => <AppShell screens={screens} /> })
  const special = (parent: typeof root | typeof office, bare: boolean) =>
    screens.flatMap((one) =>
      one.load && (one.bare ?? false) === bare
        ? [
            createRoute({
              getParentRoute: () => parent as typeof root,
              path: `/${one.path}`,
              component: guarded(lazyRouteComponent(one.load), one),
            }),
          ]
        : [],
    )
  const home = createRoute({ getParentRoute: () => office, path: '/', component: () => <Home screens={screens} /> })
  const list = createRoute({ getParentRoute: () => office, path: '/records/$record', component: () => <DerivedList registry={registry} /> })
  const detail = createRoute({
    getParentRoute: () => office,
    path: '/records/$record/$id',
    component: () => <DerivedDetail registry={registry} />,
  })
  // An address that nobody has leads nowhere, with the navigation beside it that leads on.
  const nowhere = createRoute({ getParentRoute: () => office, path: '$', component: Missing })
  const tree = root.addChildren([office.addChildren([home, list, detail, nowhere, ...special(office, false)]), ...special(root, true)])
  return createRouter({ routeTree: tree, defaultPreload: 'intent', defaultPendingComponent: () => <Spin style={{ margin: 48 }} /> })
}

/** A screen says to whom it belongs; others are told so before anything is asked of the server. */
function guarded(Page: ReturnType<typeof lazyRouteComponent>, screen: Screen): RouteComponent {
  const { roles } = screen
  if (!roles) return Page
  return function Guarded() {
    const place = usePlace()
    return place.has(...roles) ? <Page /> : <Failed problem={problem('not-allowed', { action: screen.label })} />
  }
}

/** Everybody starts where their work is: the first screen of the navigation that is theirs. */
function Home({ screens }: { readonly screens: readonly Screen[] }) {
  const place = usePlace()
  const mine = screens.filter((one) => one.group && (!one.roles || place.has(...one.roles)))
  // On a phone there is no room for a map on the wall: what waits comes first.
  const narrow = window.matchMedia('(max-width: 900px)').matches
  const own = mine.find((one) => one.startFor && place.has(...one.startFor))
  const first = own ?? (narrow ? mine.find((one) => one.waiting?.some((what) => place.has(...what.roles))) : undefined) ?? mine[0]
  return first ? <Navigate to={`/${first.path}`} /> : <Missing />
}

function useRecordDef(registry: Registry): AnyRecord | undefined {
  const { record } = useParams({ strict: false })
  return registry.records.get(String(record))
}

function DerivedList({ registry }: { readonly registry: Registry }) {
  const { t } = useSpeech()
  const def = useRecordDef(registry)
  // Filters in the address: a figure that is pressed leads to the records behind it.
  const asked: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  if (!def) return <Missing />
  const initial = Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, String(value)]))
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(def.label)}</Typography.Title>
      <RecordList key={`${def.name} ${JSON.stringify(initial)}`} def={def} initial={initial} />
    </Flex>
  )
}

function DerivedDetail({ registry }: { readonly registry: Registry }) {
  const def = useRecordDef(registry)
  const { id } = useParams({ strict: false })
  return def && id ? <RecordPanel def={def} id={id} /> : <Missing />
}

function Missing() {
  return (
    <Failed
      problem={{
        code: 'not-found',
        status: 404,
        message: { zh: '没有这个页面，请从导航菜单进入。', en: 'There is no such page; use the navigation menu.' },
      }}
    />
  )
}
