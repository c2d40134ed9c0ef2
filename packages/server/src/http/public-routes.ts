import { randomUUID } from 'node:crypto'
import { type AnyRecord, type Command, type Label, type Lang, label, type Problem, type RecordState, SYSTEM } from '@guatu/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import { openSelfLinks, type SelfLink, type SelfLinks } from '../field/links.ts'
import type { Store } from '../store/store.ts'
import { refuseWith } from './problems.ts'
import { ask, type Html, hidden, html, page, say } from './public/page.ts'
import { givenFor, type Question, questionsOf, readAnswer, subjectOf } from './public/questions.ts'
import { signedIn } from './session.ts'
import { surroundings } from './surroundings.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const NOBODY = '00000000-0000-0000-0000-000000000000'
/** Form bodies are small: some dozen short answers. */
const LARGEST_FORM = 64 * 1024
const MOST_SHOWN = 20

interface Public {
  readonly store: Store
  readonly links: SelfLinks
}

/** Somebody a link speaks for, and the record they live in. */
interface Subject {
  readonly person: string
  readonly household?: string
  /** Masked: enough to know oneself by. */
  readonly name: string
}

interface Asked {
  readonly link: SelfLink
  readonly token: string
  readonly lang: Lang
  /** Which of the people of a household, from 1. */
  readonly who: number
}

/** Pages for people without an account: what they may declare themselves, one question at a time, without a script. */
export async function publicRoutes(app: FastifyInstance, store: Store, accounts: Accounts): Promise<void> {
  const { secret } = await accounts.auth.$context
  const at: Public = { store, links: openSelfLinks(store, secret) }
  linkRoutes(app, at, accounts)
  await app.register(async (pages) => {
    // Only here: a form of another page must never be read as the JSON of the API.
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: LARGEST_FORM },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    pages.get<{ Params: { token: string } }>('/p/:token', (request, reply) =>
      withLink(at, request, reply, (asked) => menu(at, asked, reply)),
    )
    pages.post<{ Params: { token: string; record: string; action: string } }>('/p/:token/:record/:action', (request, reply) =>
      withLink(at, request, reply, (asked) => step(at, asked, request, reply)),
    )
  })
}

function linkRoutes(app: FastifyInstance, { links }: Public, accounts: Accounts): void {
  app.post('/api/self-links', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const { record, id } = (request.body ?? {}) as Record<string, unknown>
    const wanted = record === 'household' ? 'household' : 'person'
    const issued = await links.issue(actor, wanted, typeof id === 'string' && UUID.test(id) ? id : NOBODY)
    if (!issued.ok) return refuseWith(reply, issued.problem)
    const { id: link, token, expiresAt } = issued.value
    return reply
      .code(201)
      .header('cache-control', 'no-store')
      .send({ id: link, path: `/p/${token}`, expiresAt })
  })
  app.get<{ Querystring: { record?: string; id?: string } }>('/api/self-links', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const { record, id } = request.query
    const found = await links.inForce(actor, record === 'household' ? 'household' : 'person', UUID.test(id ?? '') ? (id ?? '') : NOBODY)
    return found.ok ? reply.header('cache-control', 'no-store').send({ links: found.value }) : refuseWith(reply, found.problem)
  })
  app.post<{ Params: { id: string } }>('/api/self-links/:id/revoke', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const id = UUID.test(request.params.id) ? request.params.id : NOBODY
    const done = await links.revoke(actor, id)
    return done.ok ? { revoked: true } : refuseWith(reply, done.problem)
  })
}

const formOf = (request: FastifyRequest): URLSearchParams =>
  request.body instanceof URLSearchParams ? request.body : new URLSearchParams()

async function withLink(
  { links }: Public,
  request: FastifyRequest<{ Params: { token: string } }>,
  reply: FastifyReply,
  then: (asked: Asked) => Promise<unknown>,
): Promise<unknown> {
  const { lang, who } = { ...(request.query as Record<string, string>), ...Object.fromEntries(formOf(request)) }
  const language: Lang = lang === 'en' ? 'en' : 'zh'
  const { token } = request.params
  const link = /^[A-Za-z0-9_-]{1,60}$/.test(token) ? await links.find(token) : undefined
  reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store').header('referrer-policy', 'same-origin')
  if (!link) {
    const s = say(language)
    const body = html`<p class="e">${s('链接无效或已过期，请向村（社区）工作人员索取新的链接。', 'This link is not valid or has expired; ask the village worker for a new one.')}</p>`
    return reply.code(404).send(page(language, label('链接无效', 'Link not valid'), body, `?lang=${language === 'zh' ? 'en' : 'zh'}`))
  }
  return then({ link, token, lang: language, who: Number(who) || 1 })
}

/** Those a link speaks for; in a household, its registered members in a fixed order. */
async function subjectsOf({ store }: Public, link: SelfLink): Promise<readonly Subject[]> {
  const where =
    link.person === null
      ? ({
          op: 'every',
          of: [
            { op: 'is', field: 'household', value: link.household ?? '' },
            { op: 'is', field: 'state', value: 'registered' },
          ],
        } as const)
      : undefined
  const rows = await store.as(SYSTEM).carried('person', { ...(where ? { where } : { ids: [link.person ?? ''] }), limit: MOST_SHOWN })
  const name = store.registry.records.get('person')?.fields.name
  return (rows.ok ? rows.value : [])
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((row) => ({
      person: row.id,
      name: String(name && row.fields.name !== undefined ? name.mask(row.fields.name) : ''),
      ...(typeof row.fields.household === 'string' ? { household: row.fields.household } : {}),
    }))
}

interface Offer {
  readonly def: AnyRecord
  readonly action: string
  readonly label: Label
  readonly row?: RecordState
}

/** What a person may do now: begin something, or go on with what is theirs and not yet confirmed. */
async function offersOf({ store }: Public, person: string): Promise<readonly Offer[]> {
  const offers: Offer[] = []
  for (const def of store.registry.records.values()) {
    const self = Object.entries(def.actions).filter(([, action]) => action.self)
    const subject = subjectOf(def)
    if (self.length === 0 || subject === undefined) continue
    const found = await store.as(SYSTEM).carried(def.name, { where: { op: 'is', field: subject, value: person }, limit: MOST_SHOWN })
    const rows = found.ok ? found.value : []
    for (const [name, action] of self) {
      if (action.from === 'new') offers.push({ def, action: name, label: action.label })
      else
        for (const row of rows.filter((one) => action.from.includes(one.state)))
          offers.push({ def, action: name, label: action.label, row })
    }
  }
  return offers
}

const TITLE = label('本人申报', 'Self-report')

async function menu(at: Public, { link, token, lang, who }: Asked, reply: FastifyReply): Promise<unknown> {
  const s = say(lang)
  const subjects = await subjectsOf(at, link)
  const chosen = subjects.length === 1 ? 1 : who
  const subject = subjects[chosen - 1]
  const pick =
    subjects.length > 1
      ? subjects.map((one, i) => html`<a class="b${i + 1 === chosen ? ' m' : ''}" href="?who=${i + 1}&amp;lang=${lang}">${one.name}</a>`)
      : []
  const offers = subject ? await offersOf(at, subject.person) : []
  const buttons = offers.map(({ def, action, label: text, row }) => {
    const about = row && def.fields[def.title]?.kind !== 'person' ? ` · ${String(row.fields[def.title] ?? '')}` : ''
    const values: [string, string][] = [
      ['lang', lang],
      ['who', String(chosen)],
      ['event', randomUUID()],
      ...(row ? [['row', row.id] as [string, string]] : []),
    ]
    return html`<form method="post" action="/p/${token}/${def.name}/${action}">${hidden(values)}<button class="m">${def.label[lang]}${say(lang)('：', ': ')}${text[lang]}${about}</button></form>`
  })
  const nothing = html`<p>${s('现在没有需要您填写的。', 'There is nothing for you to fill in now.')}</p>`
  const body = html`${subjects.length > 1 ? html`<p><b>${s('为谁填写？', 'For whom?')}</b></p>` : html`<p>${subject?.name ?? ''}</p>`}${pick}${buttons.length > 0 ? buttons : nothing}`
  return reply.send(page(lang, TITLE, body, `?lang=${lang === 'zh' ? 'en' : 'zh'}&who=${chosen}`))
}

/** One step of a form: an answer is read, the next question asked; after the last one everything is shown, and then sent. */
async function step(
  at: Public,
  asked: Asked,
  request: FastifyRequest<{ Params: { token: string; record: string; action: string } }>,
  reply: FastifyReply,
): Promise<unknown> {
  const { link, token, lang, who } = asked
  const form = formOf(request)
  const { record, action } = request.params
  const subjects = await subjectsOf(at, link)
  const subject = subjects[subjects.length === 1 ? 0 : who - 1]
  const offer =
    subject &&
    (await offersOf(at, subject.person)).find(
      (one) => one.def.name === record && one.action === action && one.row?.id === (form.get('row') ?? undefined),
    )
  const back = `/p/${token}?lang=${lang}&who=${who}`
  if (!subject || !offer) return menu(at, asked, reply)
  const questions = questionsOf(offer.def, action)
  const written = (one: Question) => form.getAll(one.name)
  const names = surroundings(at.store, lang)
  const known = { lang, who: String(who), event: form.get('event') ?? randomUUID(), row: form.get('row') ?? '' }
  const title = label(`${offer.def.label.zh}：${offer.label.zh}`, `${offer.def.label.en}: ${offer.label.en}`)
  const draw = (place: number, wrong?: Problem) => {
    const body = place >= questions.length ? review(questions, form, lang, wrong) : questionBody(questions, place, form, lang, wrong)
    const kept: [string, string][] = [...Object.entries(known).filter(([, value]) => value !== ''), ['place', String(place)]]
    for (const [i, one] of questions.entries()) if (i !== place) for (const value of written(one)) kept.push([one.name, value])
    const whole = html`<form method="post" action="/p/${token}/${record}/${action}" autocomplete="off">${hidden(kept)}${body}</form>`
    return reply.code(wrong ? 422 : 200).send(page(lang, title, whole, back.replace(`lang=${lang}`, `lang=${lang === 'zh' ? 'en' : 'zh'}`)))
  }
  const place = Number(form.get('place') ?? -1)
  const go = form.get('go')
  if (go === 'back') return draw(Math.max(0, place - 1))
  const current = questions[place]
  if (current) {
    const { problem } = readAnswer(current, written(current), names)
    if (problem) return draw(place, problem)
  }
  if (go !== 'send') return draw(place + 1)
  const input: Record<string, unknown> = givenFor(offer.def, action, subject.person, subject.household)
  for (const [i, one] of questions.entries()) {
    const answer = readAnswer(one, written(one), names)
    if (answer.problem) return draw(i, answer.problem)
    if (answer.value !== undefined) input[one.name] = answer.value
  }
  const sent = await submit(at, asked, offer, known.event, input)
  if ('problem' in sent) return draw(questions.length, sent.problem)
  return reply.send(page(lang, label('已收到', 'Received'), receipt(sent, at.store.clock.zone, lang, back), back))
}

function questionBody(questions: readonly Question[], place: number, form: URLSearchParams, lang: Lang, wrong: Problem | undefined): Html {
  const s = say(lang)
  const question = questions[place]
  if (!question) return html``
  return html`<p class="h">${s(`第${place + 1}题，共${questions.length}题`, `Question ${place + 1} of ${questions.length}`)}</p>${wrong ? html`<p class="e" role="alert">${wrong.message[lang]}</p>` : html``}${ask(question, form.getAll(question.name), lang)}<button class="m" name="go" value="next">${s('下一题', 'Next')}</button>${place > 0 ? html`<button name="go" value="back">${s('上一题', 'Back')}</button>` : html``}`
}

function review(questions: readonly Question[], form: URLSearchParams, lang: Lang, wrong: Problem | undefined): Html {
  const s = say(lang)
  const shown = ({ field }: Question, values: readonly string[]) => {
    const options = field.options ?? field.item?.options
    const words = values
      .filter((one) => one !== '')
      .map((one) => options?.[one]?.[lang] ?? (field.kind === 'flag' ? (one === 'true' ? s('是', 'Yes') : s('否', 'No')) : one))
    return words.join(s('、', ', '))
  }
  // What was left out is not read through again.
  const lines = questions
    .filter((one) => form.getAll(one.name).some((value) => value !== ''))
    .map((one) => html`<dt>${one.field.label[lang]}</dt><dd>${shown(one, form.getAll(one.name))}</dd>`)
  return html`<p>${s('请核对后提交。', 'Check and send.')}</p>${wrong ? html`<p class="e" role="alert">${wrong.message[lang]}</p>` : html``}<dl>${lines}</dl><button class="m" name="go" value="send">${s('提交', 'Send')}</button><button name="go" value="back">${s('返回修改', 'Back')}</button>`
}

interface Sent {
  readonly code: string
  readonly at: string
  /** What the person is to do now. */
  readonly advice?: Label | undefined
}

function receipt({ code, at, advice }: Sent, zone: string, lang: Lang, back: string): Html {
  const s = say(lang)
  const time = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  const written = `${time.toPlainDate().toString()} ${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`
  return html`${advice ? html`<p class="e" role="alert">${advice[lang]}</p>` : html``}<p>${s('已收到您的申报，由村（社区）工作人员核实。核实之前可以从同一链接更正。', 'Your report was received; a village worker will check it. Until then you can correct it from the same link.')}</p><p>${s('回执号', 'Receipt')}</p><p class="code">${code}</p><p class="h">${written}</p><a class="b" href="${back}">${s('返回', 'Back')}</a>`
}

async function submit(
  { store }: Public,
  { link }: Asked,
  { def, action, row }: Offer,
  event: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Sent | { readonly problem: Problem }> {
  // The id stands in the page, so pressing twice, or again after a lost answer, declares once.
  const id = UUID.test(event) ? event : randomUUID()
  const command: Command = { id, record: def.name, recordId: row?.id ?? recordIdOf(id), action, ...(row ? {} : { area: link.area }), input }
  const done = await store.writer.submit(command, { id: `self ${link.id}`, name: '本人', grants: [], self: true })
  if (!done.ok) return { problem: done.problem }
  const { event: act, state } = done.value
  const path = store.areas.index.currentPath(state.area) ?? ''
  const advice = def.actions[action]?.advises?.(state.fields, store.settings.at(act.day, path))
  return { code: codeOf(act.id), at: act.recordedAt, advice }
}

/** The record of a first declaration follows from its event, so that sending it again finds it. */
const recordIdOf = (event: string) => `${event.slice(0, 14)}5${event.slice(15)}`
/** Something short that can be read out on the telephone. */
const codeOf = (event: string) => `${event.slice(0, 4)}-${event.slice(4, 8)}`.toUpperCase()
