import { OtherEntries, RecordName, type Row, useSpeech, w } from '@guatu/client'
import { counted, daysBetween, dayWords } from '@guatu/kernel'

/** Who is observed; of an entry that was merged into one elsewhere also where they live. */
export function Observed({ row }: { readonly row: Row }) {
  const { person } = row.fields
  return typeof person === 'string' ? (
    <>
      <RecordName of="person" id={person} />
      <OtherEntries of="person" id={person} area={row.area} />
    </>
  ) : null
}

/** The day of release with the days that are left. */
export function UntilDay({ row, today }: { readonly row: Row; readonly today: string }) {
  const { t } = useSpeech()
  const until = row.fields.until
  if (typeof until !== 'string') return <span>—</span>
  const days = daysBetween(today, until)
  const words =
    days > 0
      ? w(`还有${days}天`, `${counted(days, 'day')} left`)
      : days === 0
        ? w('今日到期', 'today')
        : w(`超期${-days}天`, `${counted(-days, 'day')} over`)
  return (
    <span className={days < 0 ? 'over' : undefined}>
      {t(dayWords(until))} {t(words)}
    </span>
  )
}

/** The last temperature; fever is marked by a sign, not by colour alone. Its time has a column of its own. */
export function LastReading({ row }: { readonly row: Row }) {
  const { lastTemperature, feverFrom } = row.fields
  if (typeof lastTemperature !== 'number') return <span>—</span>
  const fever = typeof feverFrom === 'number' && lastTemperature >= feverFrom
  return (
    <span className={fever ? 'fever' : undefined}>
      {fever ? '■ ' : ''}
      {lastTemperature.toFixed(1)}
    </span>
  )
}
