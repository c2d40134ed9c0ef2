import {
  type AnyRecord,
  type Command,
  derivedId,
  EVERYTHING,
  type Expression,
  type FormerArea,
  type RecordState,
  Refused,
  type SurveyDuty,
  type SurveyFinding,
  stampOf,
  today,
} from '@guatu/kernel'
import type { AreaStore } from '../store/areas/area-store.ts'
import { listRecords } from '../store/query/list.ts'
import { type DutyStore, submitAll } from './daily.ts'

/** What surveys need of the store. */
export type SurveyStore = DutyStore & { readonly areas: Pick<AreaStore, 'tree'> }

const PAGE = 500

/** Works out one survey as of now and does what it found; a finding that was acted upon before changes nothing. */
export async function doSurvey(store: SurveyStore, survey: SurveyDuty): Promise<number> {
  const day = today(store.clock)
  const view = store.areas.tree.asOf(day)
  const rows: Record<string, readonly RecordState[]> = {}
  for (const [name, { record, where }] of Object.entries(survey.reads)) {
    const def = store.registry.records.get(record)
    rows[name] = def ? await all(store, def, where) : []
  }
  const found = survey.find({
    day,
    areas: [...view.nodes()].map(({ id, level, nature, code, name, parent }) => ({
      id,
      level,
      nature,
      code,
      name,
      parent: parent ?? null,
    })),
    was: (area, then) => formerly(store, area, day, then),
    rows,
    parameter: (area) => store.settings.at(day, view.path(area) ?? ''),
  })
  return submitAll(
    store,
    found.map((one) => commandOf(survey, one)),
  )
}

function formerly({ areas: { tree }, clock }: SurveyStore, area: string, day: string, then: string): readonly FormerArea[] {
  const level = tree.last(area)?.level
  return tree.predecessorsOf(area, day, then).flatMap(({ id }): readonly FormerArea[] => {
    const last = tree.last(id)
    if (last?.level !== level || last === undefined) return []
    const { name, nature, to } = last
    if (to === null || to > day) return id === area ? [{ id, name, nature }] : []
    return [{ id, name, nature, ended: stampOf(Temporal.PlainDate.from(to).toZonedDateTime(clock.zone).toInstant()) }]
  })
}

function commandOf(survey: SurveyDuty, { key, recordId, ...rest }: SurveyFinding): Command {
  const id = derivedId(`survey/${survey.name}/${key}`)
  return { ...rest, id, recordId: recordId ?? derivedId(`${id}/record`) }
}

async function all(store: SurveyStore, def: AnyRecord, where: Expression): Promise<RecordState[]> {
  const rows: RecordState[] = []
  let cursor: string | undefined
  do {
    const page = await listRecords(store.db, def, EVERYTHING, { where, limit: PAGE, ...(cursor ? { cursor } : {}) })
    if (!page.ok) throw new Refused(page.problem)
    rows.push(...page.value.rows)
    cursor = page.value.next
  } while (cursor !== undefined)
  return rows
}
