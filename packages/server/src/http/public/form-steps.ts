import { type Label, type Lang, minuteWords, type Problem, type Surroundings } from '@guatu/kernel'
import { ask, type Html, hidden, html, NONE_OF_THEM, say } from './page.ts'
import { NONE, type Question, readAnswer, YES_NO } from './questions.ts'

/** One question, with what was answered before and what is wrong with it. */
export function questionBody(
  questions: readonly Question[],
  place: number,
  form: URLSearchParams,
  lang: Lang,
  wrong: Problem | undefined,
): Html {
  const s = say(lang)
  const question = questions[place]
  if (!question) return html``
  return html`<p class="h">${s(`第${place + 1}题，共${questions.length}题`, `Question ${place + 1} of ${questions.length}`)}</p>${wrong ? html`<p class="e" role="alert">${wrong.message[lang]}</p>` : html``}${ask(question, form.getAll(question.name), lang)}<button class="m" name="go" value="next">${s('下一题', 'Next')}</button>${place > 0 ? html`<button name="go" value="back">${s('上一题', 'Back')}</button>` : html``}`
}

/** One answer in words: a choice by its name, a day and a figure as people write them. */
function shown(question: Question, values: readonly string[], at: Surroundings): string {
  const { field } = question
  const options = field.kind === 'flag' ? YES_NO : (field.options ?? field.item?.options)
  if (options) {
    const words = values.filter((one) => one !== '').map((one) => (one === NONE ? NONE_OF_THEM : options[one])?.[at.lang] ?? one)
    return words.join(say(at.lang)('、', ', '))
  }
  const { value } = readAnswer(question, values, at)
  return value === undefined ? values.join(' ') : field.view(value, at)
}

/** All answers, to be read through before they are sent. */
export function review(questions: readonly Question[], form: URLSearchParams, at: Surroundings, wrong: Problem | undefined): Html {
  const { lang } = at
  const s = say(lang)
  // What was left out is not read through again.
  const lines = questions
    .filter((one) => form.getAll(one.name).some((value) => value !== ''))
    .map((one) => html`<dt>${one.field.label[lang]}</dt><dd>${shown(one, form.getAll(one.name), at)}</dd>`)
  return html`<p>${s('请核对后提交。', 'Check and send.')}</p>${wrong ? html`<p class="e" role="alert">${wrong.message[lang]}</p>` : html``}<dl>${lines}</dl><button class="m" name="go" value="send">${s('提交', 'Send')}</button><button name="go" value="back">${s('返回修改', 'Back')}</button>`
}

/** A declaration that has arrived. */
export interface Sent {
  readonly code: string
  readonly at: string
  /** What the person is to do now. */
  readonly advice?: Label | undefined
  /** What the rules made of it. */
  readonly answer?: Label | undefined
  /** There is something to correct from the same link until somebody confirms it. */
  readonly correctable: boolean
}

/** What somebody keeps of it: a code that can be read out, when it came, and what to do now. */
export function receipt({ code, at, advice, answer, correctable }: Sent, zone: string, lang: Lang, back: string): Html {
  const s = say(lang)
  const what = correctable
    ? s(
        '已收到您的申报，由村（社区）工作人员核实。核实之前可以从同一链接更正。',
        'Your report was received; a village worker will check it. Until then you can correct it from the same link.',
      )
    : s('已收到。填错了，请从同一链接再报一次。', 'Received. If something was wrong, report once more from the same link.')
  return html`${advice ? html`<p class="e" role="alert">${advice[lang]}</p>` : html``}${answer ? html`<p class="n"><b>${answer[lang]}</b></p>` : html``}<p>${what}</p><p>${s('回执号', 'Receipt')}</p><p class="code">${code}</p><p class="h">${minuteWords(at, zone)[lang]}</p>${backTo(back, lang)}`
}

/** Sent too late, or sent already with other answers: nothing was changed, and what can be done now. */
export function refusal(why: Label, lang: Lang, back: string): Html {
  return html`<p class="e" role="alert">${why[lang]}</p>${backTo(back, lang)}`
}

const backTo = (back: string, lang: Lang) => html`<a class="b" href="${back}">${say(lang)('返回', 'Back')}</a>`

/** What is sent again when a page is asked for in the other language, or pressed on from. */
export const formFor = (action: string, values: readonly (readonly [string, string])[], body: Html): Html =>
  html`<form id="f" method="post" action="${action}" autocomplete="off">${hidden(values)}${body}</form>`
