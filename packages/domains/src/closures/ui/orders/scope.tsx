import { call, type Row, usePlace, useSpeech, w } from '@guatu/client'
import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { startDay } from '../../order/scope.ts'
import { type Covered, wentApart } from './covered.ts'

/** The areas that an order names; where it stands, where it names none. */
export const namedBy = ({ area, fields }: Row): readonly string[] =>
  Array.isArray(fields.areas) && fields.areas.length > 0 ? fields.areas.map(String) : [area]

/** What an order covers on the day that is looked at: its areas as they are, until the server has read them through the reforms. */
export function useCovered(row: Row): Covered {
  const { day, at } = usePlace()
  const closed = namedBy(row)
  const since = startDay(row.fields, at.zone) ?? day
  const { data } = useQuery({
    queryKey: ['areas', 'in-place', closed.join(), since, day],
    queryFn: () => call<Covered>(`/api/areas/in-place?${new URLSearchParams({ areas: closed.join(), since, day })}`),
    staleTime: 10 * 60_000,
  })
  return data ?? { places: closed.map((area) => ({ area, whole: true })), ended: [] }
}

interface Words {
  readonly covered: Covered
  /** What the order names. */
  readonly scope: readonly string[]
  readonly limiting: boolean
}

/** Of an order whose areas a reform changed: what it covers instead, and whom there. */
export function InPlaceWords({ covered, scope, limiting }: Words) {
  const { t } = useSpeech()
  const { named, areas } = usePlace()
  const whole = new Map(covered.places.map((one) => [one.area, one.whole]))
  const words = (area: string, now: readonly string[]) => {
    const old = named(area)
    const names = now.map(named).join(t(w('、', ', ')))
    if (names === '') return w(`${old}已撤销，没有承接区划。`, `${old} has ended, and nothing took its place.`)
    if (!limiting) return w(`${old}已撤并，所在地现为${names}。`, `${old} has ended; it lies in ${names} now.`)
    return now.every((one) => whole.get(one))
      ? w(`${old}已撤并，本决定改在承接它的${names}继续有效。`, `${old} has ended: the order now covers ${names} in its place.`)
      : w(
          `${old}已撤并，本决定改在承接它的${names}继续有效，只管原${old}的住户，不限制${names}原来的住户。`,
          `${old} has ended: the order now covers ${names} in its place, for those who were of ${old}; it limits nobody who was of ${names} before.`,
        )
  }
  const { left, came } = wentApart(covered, scope)
  const lines = [
    ...covered.ended.map((one) => ({ key: one.area, said: words(one.area, one.in) })),
    ...(limiting ? left : []).map((area) => {
      const around = named(areas.get(area)?.parent ?? '')
      return {
        key: area,
        said: w(`${named(area)}已划入${around}，仍由本决定管控。`, `${named(area)} lies in ${around} now: the order still covers it.`),
      }
    }),
    ...(limiting ? came : []).map(({ area, within }) => ({
      key: area,
      said: w(
        `${named(area)}已划入${named(within)}，不在本决定范围内。`,
        `${named(area)} lies in ${named(within)} now: the order does not cover it.`,
      ),
    })),
  ]
  if (lines.length === 0) return null
  return <Alert type="info" showIcon className="scope-ended" title={lines.map(({ key, said }) => <div key={key}>{t(said)}</div>)} />
}
