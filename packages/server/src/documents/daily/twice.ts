import type { dailyFigures } from '@guatu/domains'
import type { Store } from '../../store/store.ts'

interface Row {
  readonly id: string
  readonly person: string
  readonly event: string
}

/** Open observations of those who were entered more than once, by the one of them who stays, however often they were merged in turn. */
const OPEN_TWICE = `
with recursive merging(entry, into_) as (
  select p.id, p.merged_into from r_watch w join r_person p on p.id = w.person and p.state = 'merged' where w.state in ('watching', 'absent')
  union
  select m.entry, p.merged_into from merging m join r_person p on p.id = m.into_ and p.state = 'merged'
), stays as (
  select m.entry, m.into_ as person from merging m join r_person p on p.id = m.into_ and p.state <> 'merged'
), open as (
  select w.id, w.county, w.last_event as event, coalesce(s.person, w.person) as person, w.created_at
    from r_watch w left join stays s on s.entry = w.person
   where w.state in ('watching', 'absent') and w.entered_on <= $2
     and (w.person in (select entry from stays) or w.person in (select person from stays))
)
select id, event, person from open
 where person in (select person from open group by person having count(*) > 1 and bool_or(county = any($1::text[])))
 order by person, created_at, id`

/**
 * Whoever was merged into somebody with both under observation stands in the figures twice, until one of the two is made void as entered
 * twice. It is looked for anew at every report: the undoing of the merging ends it too.
 */
export async function countedTwice(
  store: Store,
  { area, name }: Pick<dailyFigures.AreaBooks, 'area' | 'name'>,
  counties: readonly string[],
  day: string,
): Promise<readonly dailyFigures.Check[]> {
  if (!['person', 'watch'].every((record) => store.registry.records.has(record))) return []
  const rows = await store.db.query<Row>(OPEN_TWICE, [counties, day])
  return [...Map.groupBy(rows, ({ person }) => person).values()].map((open) => ({
    code: 'twice',
    area,
    indicator: 'monitoring.observed',
    left: open.length,
    right: 1,
    holds: false,
    words: {
      zh: `${name}：合并后的同一人有 ${open.length} 条未解除的观察（${open.map(({ id }) => id).join('、')}），按 ${open.length} 人计；请保留一条，其余以“重复登记”作废，误合并的请撤销合并`,
      en: `${name}: one person, after merging, has ${open.length} open observations (${open.map(({ id }) => id).join(', ')}) and is counted ${open.length} times; keep one and void the others as entered twice, or undo a wrong merging`,
    },
    events: open.map(({ event }) => event),
  }))
}
