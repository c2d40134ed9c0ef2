import { type Field, type Label, type Lang, label } from '@guatu/kernel'
import { NONE, type Question, YES_NO } from './questions.ts'

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** HTML that is safe to stand in a page. Made by {@link html} only, so that nothing unescaped slips in. */
export interface Html {
  readonly html: string
}

export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html | readonly Html[])[]): Html {
  const say = (value: (typeof values)[number] | undefined): string =>
    value === undefined
      ? ''
      : typeof value === 'object'
        ? 'html' in value
          ? value.html
          : value.map((one) => one.html).join('')
        : escaped(String(value))
  return { html: parts.map((part, i) => part + say(values[i])).join('') }
}

const STYLE = `:root{font:18px/1.55 "PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif;color:#14181d;background:#f2f4f7}
body{margin:0}main{max-width:34rem;margin:0 auto;padding:1.25rem;background:#fff;min-height:90vh}h1{font-size:1.4rem}
fieldset{border:0;margin:0;padding:0}legend,label.q{font-weight:700;font-size:1.25rem;margin-bottom:.5rem;display:block}
input,select,textarea{font:inherit;box-sizing:border-box}input[type=text],input[type=date],input[type=tel],input[type=datetime-local],textarea{width:100%;min-height:52px;padding:.5rem;border:2px solid #5c6773;border-radius:8px}
.o{display:block;border:2px solid #c9d0d8;border-radius:8px;padding:.7rem .8rem;margin:.5rem 0;min-height:28px}.o input{width:1.3rem;height:1.3rem;margin-right:.6rem;vertical-align:-.2rem}
button,a.b{font:inherit;font-weight:700;display:block;width:100%;box-sizing:border-box;min-height:52px;margin:.8rem 0 0;padding:.7rem;border:2px solid #0b5cad;border-radius:8px;background:#fff;color:#0b5cad;text-align:center;text-decoration:none}
button.m,a.m{background:#0b5cad;color:#fff}.e{background:#fdecec;border-left:5px solid #b3261e;color:#8c1d18;padding:.6rem .8rem;font-weight:700}
.n{background:#eef4fb;border-left:5px solid #0b5cad;padding:.6rem .8rem}
.l{all:unset;cursor:pointer;color:#0b5cad;text-decoration:underline;padding:.5rem 0}.l:focus-visible{outline:4px solid #f2a900}
.h,small{color:#4a5360;font-size:1rem}.code{font-size:2rem;letter-spacing:.08em;font-weight:700}dt{color:#4a5360;font-size:1rem}dd{margin:0 0 .6rem;font-weight:700}
:focus-visible{outline:4px solid #f2a900;outline-offset:2px}@media print{button,.l,a.b,nav{display:none}main{min-height:0}}`

/** Text in one language; the other one stands behind the link at the foot. */
export const say =
  (lang: Lang) =>
  (zh: string, en: string): string =>
    label(zh, en)[lang]

/** Where the other language is: an address, or the form that is sent again for it so that no answer is lost. */
export type Elsewhere = string | { readonly form: string }

/** A whole page: a heading, what it asks, and the way to the other language. A few kilobytes, no script, nothing to fetch. */
export function page(lang: Lang, title: Label, body: Html, other: Elsewhere): string {
  const s = say(lang)
  const [word, key] = lang === 'zh' ? ['English', 'en'] : ['中文', 'zh']
  const way =
    typeof other === 'string'
      ? html`<a href="${other}">${word}</a>`
      : html`<button class="l" form="${other.form}" name="lang" value="${key}">${word}</button>`
  return html`<!doctype html><html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title[lang]}</title><style>${{ html: STYLE }}</style></head><body><main><h1>${title[lang]}</h1>${body}<nav><p><small>${way} · ${s('您填写的内容只用于疫情防控，由村（社区）核实。', 'What you write is used for epidemic control only and is checked by your village.')}</small></p></nav></main></body></html>`
    .html
}

export const hidden = (values: readonly (readonly [string, string])[]): readonly Html[] =>
  values.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)

const choices = (
  type: 'radio' | 'checkbox',
  name: string,
  options: Readonly<Record<string, Label>>,
  chosen: readonly string[],
  lang: Lang,
) =>
  Object.entries(options).map(
    ([key, text]) =>
      html`<label class="o"><input type="${type}" name="${name}" value="${key}"${{ html: chosen.includes(key) ? ' checked' : '' }}>${text[lang]}</label>`,
  )

export const NONE_OF_THEM = label('都没有', 'None of these')

const TYPES: Readonly<Partial<Record<Field['kind'], string>>> = { date: 'date', phone: 'tel', moment: 'datetime-local' }

/** One question, with what was answered before in it. */
export function ask({ name, field, required, corrects }: Question, answered: readonly string[], lang: Lang): Html {
  const s = say(lang)
  const note = html`${required ? '' : corrects ? s('不改就不填。', 'Leave empty to keep what you said. ') : s('可不填。', 'Optional. ')}${field.hint?.[lang] ?? ''}`
  const options = field.kind === 'flag' ? YES_NO : field.options
  if (options)
    return html`<fieldset><legend>${field.label[lang]}</legend><p class="h">${note}</p>${choices('radio', name, options, answered, lang)}</fieldset>`
  if (field.item?.options) {
    const how = corrects
      ? s('可多选，不改就不选。', 'Choose all that apply; choose nothing to keep what you said.')
      : s('可多选，没有就不选。', 'Choose all that apply, or none.')
    const options = corrects ? { ...field.item.options, [NONE]: NONE_OF_THEM } : field.item.options
    return html`<fieldset><legend>${field.label[lang]}</legend><p class="h">${how}</p>${choices('checkbox', name, options, answered, lang)}</fieldset>`
  }
  const numeric = field.kind === 'temperature' || field.kind === 'count' || field.kind === 'decimal'
  const value = answered[0] ?? ''
  return html`<label class="q" for="a">${field.label[lang]}</label><p class="h">${note}${field.kind === 'temperature' ? s('例如 36.5', 'Such as 36.5') : ''}</p><input id="a" name="${name}" type="${TYPES[field.kind] ?? 'text'}"${{ html: numeric ? ' inputmode="decimal"' : '' }} value="${value}" autocomplete="off" autofocus>`
}
