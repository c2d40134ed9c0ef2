import { LogoutOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { Button, DatePicker, Drawer, Flex, Layout, Menu, type MenuProps, Tag, Tooltip } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { useLive } from '../api/live.ts'
import { InboxCount } from './inbox-count.tsx'
import { useSpeech, w } from './language.tsx'
import { MenuButton } from './menu-button.tsx'
import { usePlace } from './place.tsx'
import { GROUPS, type Screen } from './screens.ts'
import { SearchBox } from './search/search-box.tsx'
import { leaveBrowser } from './whose-browser.ts'

export async function signOut(): Promise<void> {
  leaveBrowser()
  await fetch('/api/auth/sign-out', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  window.location.assign('/')
}

/** Header and navigation around every office screen; what a role does not use is not shown. */
export function AppShell({ screens }: { readonly screens: readonly Screen[] }) {
  const { t, lang, setLang } = useSpeech()
  const place = usePlace()
  const live = useLive(true)
  const navigate = useNavigate()
  const [menu, setMenu] = useState(false)
  const path = useRouterState({ select: (s) => s.location.pathname })
  const visible = screens.filter((one) => one.group && (!one.roles || place.has(...one.roles)))
  const items = Object.entries(GROUPS).flatMap(([group, label]): NonNullable<MenuProps['items']> => {
    const of = visible.filter((one) => one.group === group)
    if (of.length === 0) return []
    const entries = of.map((one) => ({
      key: `/${one.path}`,
      icon: one.icon,
      label: <Link to={`/${one.path}`}>{t(one.label)}</Link>,
    }))
    return of.length === 1 ? entries : [{ type: 'group' as const, key: group, label: t(label), children: entries }]
  })
  // A long navigation shows where one is.
  useEffect(() => {
    document.querySelector(`.sider a[href="/${path.split('/')[1] ?? ''}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [path])
  const selected = visible.map((one) => `/${one.path}`).filter((one) => path === one || path.startsWith(`${one}/`))
  const navigation = <Menu mode="inline" items={items} selectedKeys={selected} onClick={() => setMenu(false)} style={{ border: 0 }} />

  const own = (
    <>
      <Button type="text" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>
        {lang === 'zh' ? 'English' : '中文'}
      </Button>
      <MenuButton
        items={[
          {
            key: 'account',
            icon: <UserOutlined />,
            label: (
              <Link to="/account" tabIndex={-1}>
                {t(w('我的账号', 'My account'))}
              </Link>
            ),
          },
          { key: 'out', icon: <LogoutOutlined />, label: t(w('退出', 'Sign out')) },
        ]}
        onChoose={(key) => void (key === 'out' ? signOut() : navigate({ to: '/account' }))}
        button={{ type: 'text' }}
      >
        {place.me.name}
      </MenuButton>
    </>
  )

  return (
    <Layout className="shell">
      <a className="skip" href="#content">
        {t(w('跳到内容', 'Skip to content'))}
      </a>
      <Layout.Header className={place.day === place.today ? 'header' : 'header header-past'}>
        <Flex align="center" gap={12}>
          <Button
            className="only-narrow"
            type="text"
            icon={<MenuOutlined />}
            aria-label={t(w('菜单', 'Menu'))}
            onClick={() => setMenu(true)}
          />
          <Link to="/" className="brand">
            挂图 <span>{place.home?.name}</span>
          </Link>
        </Flex>
        <Flex align="center" gap={8}>
          <SearchBox />
          <InboxCount screens={screens} />
          <span className={place.day === place.today ? 'only-wide' : undefined}>
            <AsOf />
          </span>
          <Tooltip title={live.connected ? t(w('实时更新', 'Live')) : t(w('连接中断，正在重连', 'Connection lost, reconnecting'))}>
            <Tag color={live.connected ? 'green' : 'orange'} role="status" className="live-tag">
              {live.connected
                ? t(w('实时', 'Live'))
                : `${t(w('断开于', 'Stale since'))} ${new Date(live.since).toLocaleTimeString(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeStyle: 'short' })}`}
            </Tag>
          </Tooltip>
          <Flex align="center" gap={8} className="only-wide">
            {own}
          </Flex>
        </Flex>
      </Layout.Header>
      <Layout>
        <Layout.Sider width={200} className="sider only-wide" theme="light">
          <nav aria-label={t(w('主导航', 'Main navigation'))}>{navigation}</nav>
        </Layout.Sider>
        <Drawer placement="left" open={menu} onClose={() => setMenu(false)} size={260} styles={{ body: { padding: 0 } }}>
          <Flex vertical gap={12} className="drawer-own">
            <AsOf />
            <Flex gap={8} wrap>
              {own}
            </Flex>
          </Flex>
          {navigation}
        </Drawer>
        <Layout.Content id="content" className="content">
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
  )
}

/** How the day is shown, and how else it may be typed. */
const WRITTEN = { zh: ['YYYY年M月D日', 'YYYY-MM-DD'], en: ['D MMM YYYY', 'YYYY-MM-DD'] }

/** The clock of the page: now, or the day somebody went back to, in another colour so that nobody takes history for now. */
export function AsOf() {
  const { t, lang } = useSpeech()
  const { day, today, firstDay, lookAt } = usePlace()
  return (
    <Flex align="center" gap={4}>
      <span className="only-wide">{t(w('数据日', 'As of'))}</span>
      <DatePicker
        size="small"
        allowClear={false}
        value={dayjs(day)}
        format={WRITTEN[lang]}
        minDate={dayjs(firstDay)}
        maxDate={dayjs(today)}
        onChange={(next) => lookAt(next?.format('YYYY-MM-DD'))}
        aria-label={t(w('数据日', 'As of'))}
        style={{ width: 144 }}
      />
      {day !== today && (
        <Button size="small" onClick={() => lookAt(undefined)}>
          {t(w('回到今天', 'Back to today'))}
        </Button>
      )}
    </Flex>
  )
}
