import { randomUUID } from 'node:crypto'
import { type Command, isId, type Label, type Lang, label, type Problem } from '@guatu/kernel'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import { openSelfLinks, type SelfLink, type SelfLinks } from '../field/links.ts'
import type { Store } from '../store/store.ts'
import { publicSurroundings } from '../store/surroundings.ts'
import { answerOn, rowsNow } from './public/answers.ts'
import { formFor, questionBody, receipt, refusal, review, type Sent } from './public/form-steps.ts'
import { mostOf, type Offer, offersOf, type Subject, subjectsOf } from './public/offers.ts'
import { hidden, html, page, say } from './public/page.ts'
import { givenFor, type Question, questionsOf, readAnswer } from './public/questions.ts'
import { BUSY, GONE, NOTHING_CHANGED, OVER, SENT_BEFORE } from './public/refused.ts'
import { isAskedFirst, whom } from './public/whom.ts'
import { selfLinkRoutes } from './self-link-routes.ts'

/** Form bodies are small: some dozen short answers. */
const LARGEST_FORM = 64 * 1024

interface Public {
  readonly store: Store
  readonly links: SelfLinks
}

interface Asked {
  readonly link: SelfLink
  readonly token: string
  readonly lang: Lang
  /** Which of the people of a household, as the pages of this link refer to them; empty where nobody was chosen. */
  readonly who: string
}

/** Pages for people without an account: what they may declare themselves, one question at a time, without a script. */
export async function publicRoutes(app: FastifyInstance, store: Store, accounts: Accounts): Promise<void> {
  const { secret } = await accounts.auth.$context
  const at: Public = { store, links: openSelfLinks(store, secret) }
  selfLinkRoutes(app, at.links, accounts)
  await app.register(async (pages) => {
    // Only here: a form of another page must never be read as the JSON of the API.
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: LARGEST_FORM },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    pages.setErrorHandler((error: FastifyError, request, reply) => {
      if (error.statusCode !== 429) throw error
      const lang: Lang = (request.query as { lang?: unknown }).lang === 'en' ? 'en' : 'zh'
      const body = html`<p class="e" role="alert">${BUSY[lang]}</p>`
      return reply
        .code(429)
        .header('content-type', 'text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(page(lang, TITLE, body, `?lang=${lang === 'zh' ? 'en' : 'zh'}`))
    })
    pages.get<{ Params: { token: string } }>('/p/:token', (request, reply) =>
      withLink(at, request, reply, (asked) => menu(at, asked, reply)),
    )
    // A step that is opened again, or an address with something behind it: the way in is the link alone.
    pages.get<{ Params: { token: string } }>('/p/:token/*', (request, reply) => onlyLink(request, reply))
    pages.post<{ Params: { token: string; record: string; action: string } }>('/p/:token/:record/:action', (request, reply) =>
      withLink(at, request, reply, (asked) => step(at, asked, request, reply)),
    )
  })
}

/** A link that was copied together with what stood behind it. */
const TOO_MUCH = /^([A-Za-z0-9_-]{38})[^A-Za-z0-9_-]/

/** Sends whoever came with more than the link to the link. */
const onlyLink = (request: FastifyRequest<{ Params: { token: string } }>, reply: FastifyReply) => {
  const { token } = request.params
  const { lang } = request.query as Record<string, string>
  return reply.redirect(`/p/${encodeURIComponent(TOO_MUCH.exec(token)?.[1] ?? token)}${lang === 'en' ? '?lang=en' : ''}`, 303)
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
  if (request.method === 'GET' && TOO_MUCH.test(token)) return onlyLink(request, reply)
  const link = /^[A-Za-z0-9_-]{1,60}$/.test(token) ? await links.find(token) : undefined
  reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store').header('referrer-policy', 'same-origin')
  if (!link) {
    const s = say(language)
    const body = html`<p class="e">${s('链接无效或已过期，请向村（社区）工作人员索取新的链接。', 'This link is not valid or has expired; ask the village worker for a new one.')}</p>`
    return reply.code(404).send(page(language, label('链接无效', 'Link not valid'), body, `?lang=${language === 'zh' ? 'en' : 'zh'}`))
  }
  return then({ link, token, lang: language, who: who ?? '' })
}

const TITLE = label('本人申报', 'Self-report')

/** Whom a page is about: of a household whoever it names, whoever else came or went since. */
const chosenOf = (subjects: readonly Subject[], link: SelfLink, who: string): Subject | undefined =>
  link.person === null ? subjects.find((one) => one.who.includes(who)) : subjects[0]

/** Does a page name somebody who is no longer of the household? */
const isGone = ({ link, who }: Asked, subject: Subject | undefined): boolean => link.person === null && !subject && who !== ''

async function menu(at: Public, asked: Asked, reply: FastifyReply): Promise<unknown> {
  const { link, token, lang, who } = asked
  const s = say(lang)
  const subjects = await subjectsOf(at.store, at.links, link)
  const first = isAskedFirst(subjects)
  const subject = chosenOf(subjects, link, who === '' && !first ? (subjects[0]?.who[0] ?? '') : who)
  const another = `?lang=${lang === 'zh' ? 'en' : 'zh'}${subject ? `&who=${subject.who[0]}` : ''}`
  if (isGone(asked, subject)) return reply.code(409).send(page(lang, TITLE, refusal(GONE, lang, `/p/${token}?lang=${lang}`), another))
  const offers = subject ? await offersOf(at.store, subject.person) : []
  const buttons = offers.map(({ def, action, label: text, row }) => {
    const about = row && def.fields[def.title]?.kind !== 'person' ? ` · ${String(row.fields[def.title] ?? '')}` : ''
    const values: [string, string][] = [
      ['lang', lang],
      ['who', subject?.who[0] ?? ''],
      ['event', randomUUID()],
      ...(row ? [['row', row.id] as [string, string]] : []),
    ]
    return html`<form method="post" action="/p/${token}/${def.name}/${action}">${hidden(values)}<button class="m">${def.label[lang]}${say(lang)('：', ': ')}${text[lang]}${about}</button></form>`
  })
  const answers = await Promise.all(offers.map(({ def, action, row }) => row && answerOn(at.store, def, action, row)))
  const applies = answers.flatMap((one) => (one ? html`<p class="n">${one[lang]}</p>` : []))
  const nothing = html`<p>${s('现在没有需要您填写的。', 'There is nothing for you to fill in now.')}</p>`
  const body = html`${whom(subjects, subject, mostOf(at.store), lang)}${applies}${buttons.length > 0 ? buttons : first && !subject ? '' : nothing}`
  return reply.send(page(lang, TITLE, body, another))
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
  const subject = chosenOf(await subjectsOf(at.store, at.links, link), link, who)
  const offer =
    subject &&
    (await offersOf(at.store, subject.person)).find(
      (one) => one.def.name === record && one.action === action && one.row?.id === (form.get('row') ?? undefined),
    )
  const back = `/p/${token}?lang=${lang}${subject ? `&who=${subject.who[0]}` : ''}`
  const otherWay = back.replace(`lang=${lang}`, `lang=${lang === 'zh' ? 'en' : 'zh'}`)
  const refused = (why: Label, about: Label) => reply.code(409).send(page(lang, about, refusal(why, lang, back), otherWay))
  if (!subject) return isGone(asked, subject) ? refused(GONE, TITLE) : menu(at, asked, reply)
  const own = at.store.registry.records.get(record)
  if (!offer) return own?.actions[action]?.self ? refused(OVER, own.label) : menu(at, asked, reply)
  const questions = questionsOf(offer.def, action)
  const written = (one: Question) => form.getAll(one.name)
  const names = publicSurroundings(at.store, lang)
  const known = { lang, who: subject.who[0], event: form.get('event') ?? randomUUID(), row: form.get('row') ?? '' }
  const title = label(`${offer.def.label.zh}：${offer.label.zh}`, `${offer.def.label.en}: ${offer.label.en}`)
  const address = `/p/${token}/${record}/${action}`
  const draw = (place: number, wrong?: Problem) => {
    const asks = place >= questions.length ? review(questions, form, names, wrong) : questionBody(questions, place, form, lang, wrong)
    const body = html`<p><b>${subject.name[lang]}</b></p>${asks}`
    const kept: [string, string][] = [...Object.entries(known).filter(([, value]) => value !== ''), ['place', String(place)]]
    for (const [i, one] of questions.entries()) if (i !== place) for (const value of written(one)) kept.push([one.name, value])
    // Kept by the browser for its own way back: without it whoever presses back stands before an error of the browser.
    reply.header('cache-control', 'private, no-cache')
    return reply.code(wrong ? 422 : 200).send(page(lang, title, formFor(address, kept, body), { form: 'f' }))
  }
  const place = Number(form.get('place') ?? -1)
  const go = form.get('go')
  if (go === 'back') return draw(Math.max(0, place - 1))
  // The page's own language and the other one that was pressed: the same page again.
  const turned = form.getAll('lang').length > 1 && go === null
  if (turned && form.get('sent') === null) return draw(Math.max(0, place))
  const current = questions[place]
  if (current) {
    const { problem } = readAnswer(current, written(current), names)
    if (problem) return draw(place, problem)
  }
  if (go !== 'send' && !turned) return draw(place + 1)
  const input: Record<string, unknown> = givenFor(offer.def, action, subject.person, subject.household)
  for (const [i, one] of questions.entries()) {
    const answer = readAnswer(one, written(one), names)
    if (answer.problem) return draw(i, answer.problem)
    if (answer.value !== undefined) input[one.name] = answer.value
  }
  if (questions.every((one) => one.corrects && input[one.name] === undefined)) return draw(questions.length, NOTHING_CHANGED)
  const sent = await submit(at, asked, subject, offer, known.event, input)
  if ('problem' in sent) {
    if (sent.problem.code === 'id-reused') return refused(SENT_BEFORE, title)
    // What one question has to settle is asked there again.
    const again = questions.findIndex(({ name }) => sent.problem.path === `input.${name}`)
    return draw(again < 0 ? questions.length : again, sent.problem)
  }
  const again: [string, string][] = [...Object.entries(known).filter(([, value]) => value !== ''), ['sent', '1']]
  for (const one of questions) for (const value of written(one)) again.push([one.name, value])
  const body = html`${receipt(sent, at.store.clock.zone, lang, back)}${formFor(address, again, html``)}`
  return reply.send(page(lang, label('已收到', 'Received'), body, { form: 'f' }))
}

async function submit(
  { store }: Public,
  { link }: Asked,
  { area }: Subject,
  { def, action, row }: Offer,
  event: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Sent | { readonly problem: Problem }> {
  // The id stands in the page, so pressing twice, or again after a lost answer, declares once.
  const id = isId(event) ? event : randomUUID()
  const command: Command = { id, record: def.name, recordId: row?.id ?? recordIdOf(id), action, ...(row ? {} : { area }), input }
  const done = await store.writer.submit(command, { id: `self ${link.id}`, name: '本人', grants: [], self: true })
  if (!done.ok) return { problem: done.problem }
  const { event: act, state } = done.value
  const path = store.areas.index.currentPath(state.area) ?? ''
  const advice = def.actions[action]?.advises?.(state.fields, store.settings.at(act.day, path))
  // What the rules make of it stands on the record once all that follows from the act is done.
  const [after] = await rowsNow(store, def, [state.id])
  const answer = after && (await answerOn(store, def, action, after))
  const correctable = Object.values(def.actions).some((one) => one.self && one.from === 'new')
  return { code: codeOf(act.id), at: act.recordedAt, advice, answer, correctable }
}

/** The record of a first declaration follows from its event, so that sending it again finds it. */
const recordIdOf = (event: string) => `${event.slice(0, 14)}5${event.slice(15)}`
/** Something short that can be read out on the telephone. */
const codeOf = (event: string) => `${event.slice(0, 4)}-${event.slice(4, 8)}`.toUpperCase()
