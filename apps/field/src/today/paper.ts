import type { Replica } from '@guatu/client/offline'
import { notices } from '@guatu/domains'
import { type CarriedRow, type Lang, today } from '@guatu/kernel'
import { nameOf, townOf } from '../parts/words.ts'

type Facts = notices.NoticeFacts

/**
 * What somebody under observation signs on the glass, read out before: the words of the paper, as far as they are known without a network.
 * Undefined while the period is not known here.
 */
export function paperOf(
  replica: Replica,
  row: Pick<CarriedRow, 'area' | 'fields'>,
  person: CarriedRow | undefined,
  lang: Lang,
): notices.NoticeContent | undefined {
  const { kind, class: of, from, until, readings, feverFrom } = row.fields
  if (typeof from !== 'string' || typeof until !== 'string' || typeof feverFrom !== 'number') return undefined
  const day = today(replica.clock)
  const basis = lang === 'zh' ? 'monitoring.notice.basis' : 'monitoring.notice.basis.en'
  return notices.noticeContent(
    'notice',
    {
      name: nameOf(replica, person, 'person', lang),
      kind: kind as Facts['kind'],
      class: of as Facts['class'],
      from,
      until,
      day,
      readings: Number(readings ?? 0),
      feverFrom,
      basis: replica.parameters(day, replica.area(row.area)?.path ?? '')<string>(basis, ''),
      issuer: townOf(replica, row.area),
    },
    lang,
  )
}
