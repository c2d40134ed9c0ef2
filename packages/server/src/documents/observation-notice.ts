import { charge, notices, release } from '@guatu/domains'
import {
  type Actor,
  ERASED,
  EVERYTHING,
  fullDayWords,
  type Lang,
  no,
  ok,
  type Problem,
  problem,
  type RecordState,
  type Result,
  readable,
  refuse,
  today,
} from '@guatu/kernel'
import { colleague } from '../accounts/colleagues.ts'
import { getRecord, type Listed } from '../store/query/list.ts'
import { relatedNow } from '../store/query/related-now.ts'
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
  const printed = today(store.clock)
  const refused = refusedPaper(store, watch, paper, printed)
  if (refused) return no(refused)
  // A paper that is printed again says the day of the release, not of the printing.
  const day = (paper === 'release' && watch.state === 'released' && given(watch, 'exitOn')) || printed
  const person = await desk.identity.reveal('person', String(watch.fields.person), asked.purpose)
  if (!person.ok) return person
  const linked = async (record: string, field: string) => {
    const target = watch.fields[field]
    const row = typeof target === 'string' ? await desk.get(record, target) : undefined
    return row?.ok ? row.value : undefined
  }
  const [door, site] = [given(await linked('household', 'household'), 'door'), await linked('site', 'site')]
  const workers = await namesInCharge(store, watch, day)
  const view = store.areas.tree.asOf(day)
  const town = view.get(watch.area)?.level === 'town' ? watch.area : view.ancestors(watch.area).find((one) => one.level === 'town')?.id
  /** Of whoever was erased since, the paper says so in its own language. */
  const personal = (field: string) => {
    const value = given(person.value, field)
    return value === undefined ? undefined : readable(value, lang)
  }
  const at = [view.fullName(await homeArea(store, watch, person.value)), door].filter(Boolean).join(' ')
  const sex = given(person.value, 'sex')
  const optional = (values: Readonly<Record<string, string | undefined>>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))
  const content = notices.noticeContent(
    paper,
    {
      name: personal('name') ?? '',
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
        phone: personal('phone'),
        document: personal('documentNumber'),
        // The door of whoever was erased would tell who it was.
        address: personal('address') ?? (person.value.state === 'erased' ? readable(ERASED, lang) : at),
        employer: personal('employer'),
        site: site && [given(site, 'name'), given(watch, 'room')].filter(Boolean).join(' '),
        cadre: asked.cadre || workers.cadre,
        gridWorker: asked.gridWorker || workers.grid,
        doctor: asked.doctor || workers.doctor,
      }),
    },
    lang,
  )
  return ok(await setNotice(content, fullDayWords(day)[lang], lang))
}

/** Where the home is, be it elsewhere than the books that hold the observation; who may not read that home is told its village, and no door. */
async function homeArea(store: Store, watch: Listed, person: Listed): Promise<string> {
  const def = store.registry.records.get('household')
  const { household } = watch.fields
  const home = def && typeof household === 'string' ? await getRecord(store.db, def, EVERYTHING, household) : undefined
  return home?.area ?? person.area
}

/** What stands against a paper: it says of the person only what is so. */
function refusedPaper(store: Store, watch: Listed, paper: notices.Paper, day: string): Problem | undefined {
  const { state, fields } = watch
  const observed = state === 'watching' || state === 'absent'
  if (state === 'void' || (paper === 'release' && !observed && state !== 'released')) {
    const now = store.registry.records.get('watch')?.states[state] ?? { zh: state, en: state }
    return refuse(
      'no-such-paper',
      {
        zh: `此观察${now.zh}，不出具${paper === 'release' ? '解除' : '告'}知书；状态有误的请先更正。`,
        en: `This observation is ${now.en.toLowerCase()}: there is no ${paper === 'release' ? 'release' : 'notice'} for it. Correct its state first where that is wrong.`,
      },
      { status: 409 },
    )
  }
  const days = store.settings.at(day, watch.path)<number>(release.RELEASE_READING)
  if (paper === 'release' && state === 'absent')
    return refuse('absent', {
      zh: '此人擅自离开，未返回前不能解除。',
      en: 'The person left without leave; no release before they are back.',
    })
  if (paper === 'release' && observed) return release.notYetReleased(fields, day, days)
  return given(watch, 'until') === undefined
    ? problem('invalid', {
        field: { zh: '观察期限', en: 'period' },
        why: { zh: '尚未确定，请作废后重新纳入。', en: 'it is not set yet: void the entry and enter the person anew.' },
      })
    : undefined
}

/**
 * Who is in charge, by their part, found as the record finds its worker. A worker chosen for this observation alone stands in the place of the grid
 * worker, under the name of the account.
 */
async function namesInCharge(store: Store, watch: Listed, day: string): Promise<Readonly<Record<string, string>>> {
  const [found = {}] = await relatedNow(store, [watch], charge.REACHED)
  const all = charge.inCharge({ related: found, household: watch.fields.household, area: watch.area, day, places: store.areas.index })
  const { worker: account } = watch.fields
  const own = all.find((one) => one.fields.account === account)
  const chosen =
    own ?? (typeof account === 'string' ? { fields: { part: 'grid', worker: (await colleague(store, account))?.name } } : undefined)
  const named = [...all.toReversed(), ...(chosen ? [chosen] : [])]
  return Object.fromEntries(
    named.flatMap(({ fields: { part, worker, phone } }: Pick<RecordState, 'fields'>) =>
      worker === undefined ? [] : [[String(part), [worker, phone].filter(Boolean).join(' ')]],
    ),
  )
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
      ...content.signature.map((text): Part => ({ kind: 'paragraph', text, flush: true, together: true })),
    ],
    issuer: content.issuer,
    date,
    lang,
    oneSheet: true,
  })
}
