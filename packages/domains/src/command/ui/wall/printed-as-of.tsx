import { usePlace, useSpeech } from '@guatu/client'
import { dayOf, fullDayWords, timeOf } from '@guatu/kernel'

/** On paper only: of which day the figures are and when they were read, since a sheet does not renew itself. */
export function PrintedAsOf({ asOf }: { readonly asOf: string | undefined }) {
  const { t } = useSpeech()
  const { me, day, today } = usePlace()
  if (asOf === undefined) return null
  const instant = Temporal.Instant.from(asOf)
  const [read, time, of] = [fullDayWords(dayOf(instant, me.zone)), timeOf(instant, me.zone), fullDayWords(day)]
  return (
    <p className="wall-printed">
      {t(
        day === today
          ? { zh: `数据截至${read.zh} ${time}`, en: `Figures as of ${read.en}, ${time}` }
          : { zh: `${of.zh}的数据，${read.zh} ${time}读取`, en: `Figures of ${of.en}, read on ${read.en} at ${time}` },
      )}
    </p>
  )
}
