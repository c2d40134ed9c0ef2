import { ExportOutlined, FullscreenOutlined, PrinterOutlined, RetweetOutlined } from '@ant-design/icons'
import { AsOf, type LiveState, MenuButton, usePlace, useSpeech, w } from '@guatu/client'
import { dayWords, type Label, timeOf } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { isTour, type Tour } from './use-tour.ts'

const TOURS = {
  none: w('不轮播', 'No tour'),
  indicators: w('轮播指标', 'Tour of figures'),
} as const
const AREA_TOURS = { county: w('轮播区县', 'Tour of counties'), town: w('轮播乡镇', 'Tour of towns') } as const

interface Props {
  readonly live: LiveState
  /** The figures could not be read the last time; they are asked for again by themselves. */
  readonly failed: boolean
  /** When the figures on the wall were read, an instant. */
  readonly asOf: string | undefined
  readonly tour: Tour
  /** The areas that a tour goes round. */
  readonly below: keyof typeof AREA_TOURS
  onTour(tour: Tour): void
}

/** Whether the figures are live or since when they are not, the day looked at, and what can be done with a wall. */
export function WallTools({ live, failed, asOf, tour, below, onTour }: Props) {
  const { t, lang, setLang } = useSpeech()
  const tours: Record<Tour, Label> = { ...TOURS, areas: AREA_TOURS[below] }
  const { me, day, today } = usePlace()
  const seen = asOf === undefined ? '…' : timeOf(Temporal.Instant.from(asOf), me.zone)
  return (
    <div className="wall-tools">
      <span role="status" className={day !== today ? 'wall-then' : live.connected && !failed ? 'wall-live' : 'wall-stale'}>
        {live.connected && failed
          ? `▲ ${t({ zh: `数据读取失败，停在${seen}，正在重试`, en: `figures cannot be read, as of ${seen}, trying again` })}`
          : live.connected
            ? day !== today
              ? `◷ ${t({ zh: `历史 ${dayWords(day).zh}`, en: `as of ${dayWords(day).en}` })}`
              : `● ${t(w('实时', 'live'))} ${seen}`
            : `▲ ${t({ zh: `连接中断，数据停在${seen}，正在重连`, en: `connection lost, figures as of ${seen}, reconnecting` })}`}
      </span>
      <AsOf />
      <MenuButton
        items={Object.entries(tours).map(([key, label]) => ({ key, label: t(label) }))}
        selected={[tour]}
        onChoose={(key) => isTour(key) && onTour(key)}
        button={{ icon: <RetweetOutlined />, type: tour === 'none' ? 'default' : 'primary' }}
      >
        {tour === 'none' ? t(w('轮播', 'Tour')) : t(tours[tour])}
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
