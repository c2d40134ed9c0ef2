import { type Row, usePlace, useSpeech, w } from '@guatu/client'
import { daysBetween, dayWords } from '@guatu/kernel'
import { Tag } from 'antd'
import { FREQUENCIES } from '../../supervision/rhythm.ts'

/** What is handed in or finished no longer runs late. */
const OVER: readonly string[] = ['reported', 'accepted', 'withdrawn', 'concluded', 'closed', 'cancelled']

/** A due date that says how near it is, in words beside the colour. */
export function Due({ day: due, state }: { readonly day: unknown; readonly state: string }) {
  const { t } = useSpeech()
  const { today } = usePlace()
  if (typeof due !== 'string') return <>—</>
  const shown = t(dayWords(due))
  const left = daysBetween(today, due)
  if (OVER.includes(state) || left > 1) return <>{shown}</>
  if (left < 0)
    return (
      <span className="nowrap">
        {shown} <Tag color="red">{t({ zh: `逾期${-left}天`, en: `${-left} d late` })}</Tag>
      </span>
    )
  return (
    <span className="nowrap">
      {shown} <Tag color="gold">{left === 0 ? t(w('今天到期', 'today')) : t(w('明天', 'tomorrow'))}</Tag>
    </span>
  )
}

/** Until when a unit reports next, where it has to report before the end. */
export function NextReport({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { frequency, reportDue } = row.fields
  if (typeof reportDue !== 'string') return null
  const often = FREQUENCIES[frequency as keyof typeof FREQUENCIES]
  return (
    <span>
      {t(w('下次反馈', 'Next report'))}
      {often && t({ zh: `（${often.zh}）`, en: ` (${often.en.toLowerCase()})` })} <Due day={reportDue} state={row.state} />
    </span>
  )
}
