import { notices, progress } from '@guatu/domains'
import { type Actor, type Expression, type Lang, no, ok, type Problem, problem, type RecordState, type Result, today } from '@guatu/kernel'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { type Part, setDocument } from './official/document.ts'

/** What the person who prints adds by hand: names and telephones of those in charge. */
export interface NoticeRequest {
  readonly purpose: string
  readonly cadre?: string
  readonly gridWorker?: string
  readonly doctor?: string
}

type Kind = notices.NoticeFacts['kind']
type Observed = notices.NoticeFacts['class']

const given = (state: RecordState | undefined, field: string): string | undefined => {
  const value = state?.fields[field]
  return value === undefined || value === null ? undefined : String(value)
}

/**
 * The notice or the release of one observation, with the identity of the person in clear: only for who may see it, with a purpose that is
 * logged. Refuses when the period is not set or, for the release, not served.
 */
export async function observationNotice(
  store: Store,
  actor: Actor,
  id: string,
  paper: notices.Paper,
  asked: NoticeRequest,
  lang: Lang,
): Promise<Result<Buffer>> {
  const desk = store.as(actor)
  const found = await desk.identity.reveal('watch', id, asked.purpose)
  if (!found.ok) return found
  const watch = found.value
  const day = today(store.clock)
  const early = tooEarly(watch, paper, day)
  if (early) return no(early)
  const person = await desk.identity.reveal('person', String(watch.fields.person), asked.purpose)
  if (!person.ok) return person
  const linked = async (record: string, field: string) => {
    const target = watch.fields[field]
    const row = typeof target === 'string' ? await desk.get(record, target) : undefined
    return row?.ok ? row.value : undefined
  }
  const [household, site] = [await linked('household', 'household'), await linked('site', 'site')]
  const workers = await inCharge(store, actor, watch)
  const view = store.areas.tree.asOf(day)
  const place = view.fullName(watch.area)
  const town = view.get(watch.area)?.level === 'town' ? watch.area : view.ancestors(watch.area).find((one) => one.level === 'town')?.id
  const sex = given(person.value, 'sex')
  const optional = (values: Readonly<Record<string, string | undefined>>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))
  const content = notices.noticeContent(
    paper,
    {
      name: given(person.value, 'name') ?? '',
      kind: watch.fields.kind as Kind,
      class: watch.fields.class as Observed,
      from: String(watch.fields.from),
      until: String(watch.fields.until),
      day,
      readings: Number(watch.fields.readings ?? 0),
      feverFrom: Number(watch.fields.feverFrom),
      basis: store.settings.at(day, watch.path)<string>(lang === 'zh' ? 'monitoring.notice.basis' : 'monitoring.notice.basis.en'),
      issuer: view.get(town ?? watch.area)?.name ?? '',
      ...optional({
        sex: sex === undefined ? undefined : store.registry.records.get('person')?.fields.sex?.options?.[sex]?.[lang],
        phone: given(person.value, 'phone'),
        document: given(person.value, 'documentNumber'),
        address: given(person.value, 'address') ?? [place, given(household, 'door')].filter(Boolean).join(' '),
        employer: given(person.value, 'employer'),
        site: site && [given(site, 'name'), given(watch, 'room')].filter(Boolean).join(' '),
        cadre: asked.cadre || workers.cadre,
        gridWorker: asked.gridWorker || workers.grid,
        doctor: asked.doctor || workers.doctor,
      }),
    },
    lang,
  )
  return ok(await setNotice(content, progress.fullDayWords(day)[lang], lang))
}

function tooEarly(watch: Listed, paper: notices.Paper, day: string): Problem | undefined {
  const until = given(watch, 'until')
  if (until === undefined)
    return problem('invalid', {
      field: { zh: '观察期限', en: 'period' },
      why: { zh: '尚未确定，请先更正纳入信息。', en: 'it is not set yet; correct the entry first.' },
    })
  return paper === 'release' && day < until
    ? problem(
        'invalid',
        {
          field: { zh: '解除通知书', en: 'release notice' },
          why: { zh: `观察期至${until}，当日方可打印。`, en: `the period ends on ${until}; print it on that day.` },
        },
        { data: { until } },
      )
    : undefined
}

/** Who looks after the household, by their part; where nobody was named for it, whoever looks after the whole village or town. */
async function inCharge(store: Store, actor: Actor, watch: Listed): Promise<Readonly<Record<string, string>>> {
  const active = { op: 'is', field: 'state', value: 'active' } as const
  const absent = (field: string) => ({ op: 'not', of: { op: 'given', field } }) as const
  const find = async (...more: readonly Expression[]) => {
    const page = await store.as(actor).list('assignment', { where: { op: 'every', of: [active, ...more] } })
    return page.ok ? page.value.rows : []
  }
  const { household } = watch.fields
  const own = typeof household === 'string' ? await find({ op: 'is', field: 'household', value: household }) : []
  const path = store.areas.index.currentPath(watch.area) ?? ''
  const above = (await find(absent('household'), absent('place')))
    .map((row) => ({ row, at: store.areas.index.currentPath(row.area) }))
    .filter(({ at }) => at !== undefined && path.startsWith(at))
    .sort((one, other) => (one.at ?? '').length - (other.at ?? '').length)
    .map(({ row }) => row)
  return Object.fromEntries([...above, ...own].map((row) => [String(row.fields.part), String(row.fields.worker)]))
}

function setNotice(content: notices.NoticeContent, date: string, lang: Lang): Promise<Buffer> {
  const line = (text: string): Part => ({ kind: 'paragraph', text })
  return setDocument({
    title: content.title,
    parts: [
      { kind: 'paragraph', text: content.to, flush: true },
      line(content.opening),
      { kind: 'form', rows: content.facts },
      ...(content.duties ? [{ kind: 'heading', level: 1, text: content.duties.heading } as const, ...content.duties.lines.map(line)] : []),
      ...(content.contacts.length > 0 ? [{ kind: 'form', rows: content.contacts } as const] : []),
      ...content.signature.map((text): Part => ({ kind: 'paragraph', text, flush: true })),
    ],
    issuer: content.issuer,
    date,
    lang,
  })
}
