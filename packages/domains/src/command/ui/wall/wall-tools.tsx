import { ExportOutlined, FullscreenOutlined, PrinterOutlined, RetweetOutlined } from '@ant-design/icons'
import { AsOf, type LiveState, MenuButton, usePlace, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Tour } from './use-tour.ts'

const TOURS = {
  none: w('不轮播', 'No tour'),
  indicators: w('轮播指标', 'Tour of figures'),
  counties: w('轮播区县', 'Tour of counties'),
} as const satisfies Record<Tour, object>

interface Props {
  readonly live: LiveState
  /** The figures could not be read the last time; they are asked for again by themselves. */
  readonly failed: boolean
  /** When the figures on the wall were read, an instant. */
  readonly asOf: string | undefined
  readonly tour: Tour
  onTour(tour: Tour): void
}

/** Whether the figures are live or since when they are not, the day looked at, and what can be done with a wall. */
export function WallTools({ live, failed, asOf, tour, onTour }: Props) {
  const { t, lang, setLang } = useSpeech()
  const { me, day, today } = usePlace()
  const clock = (instant: string | number) =>
    new Date(instant).toLocaleTimeString(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: me.zone, hour: '2-digit', minute: '2-digit' })
  const seen = asOf === undefined ? '…' : clock(asOf)
  return (
    <div className="wall-tools">
      <span role="status" className={day !== today ? 'wall-then' : live.connected && !failed ? 'wall-live' : 'wall-stale'}>
        {live.connected && failed
          ? `▲ ${t({ zh: `数据读取失败，停在${seen}，正在重试`, en: `figures cannot be read, as of ${seen}, trying again` })}`
          : live.connected
            ? day !== today
              ? `◷ ${t({ zh: `历史 ${day}`, en: `as of ${day}` })}`
              : `● ${t(w('实时', 'live'))} ${seen}`
            : `▲ ${t({ zh: `连接中断，数据停在${seen}，正在重连`, en: `connection lost, figures as of ${seen}, reconnecting` })}`}
      </span>
      <AsOf />
      <MenuButton
        items={Object.entries(TOURS).map(([key, label]) => ({ key, label: t(label) }))}
        selected={[tour]}
        onChoose={(key) => onTour(key as Tour)}
        button={{ icon: <RetweetOutlined />, type: tour === 'none' ? 'default' : 'primary' }}
      >
        {tour === 'none' ? t(w('轮播', 'Tour')) : t(TOURS[tour])}
      </MenuButton>
      <Button
        icon={<FullscreenOutlined />}
        aria-label={t(w('全屏', 'Full screen'))}
        onClick={() => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen())}
      />
      <Button icon={<PrinterOutlined />} aria-label={t(w('打印', 'Print'))} onClick={() => window.print()} />
      <Button onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{lang === 'zh' ? 'English' : '中文'}</Button>
      <Link to="/register" className="wall-leave">
        <ExportOutlined /> {t(w('办公界面', 'Office'))}
      </Link>
    </div>
  )
}
