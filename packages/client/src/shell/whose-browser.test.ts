import { describe, expect, it } from 'vitest'
import { belongTo, leaveBrowser, type Shelf } from './whose-browser.ts'

/** As the browser's: names in some order, texts under them. */
function shelf(of: Readonly<Record<string, string>>): Shelf & { names(): string[] } {
  const kept = new Map(Object.entries(of))
  return {
    get length() {
      return kept.size
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
    names: () => [...kept.keys()].sort(),
  }
}

const FILTERS = { 'guatu.tabs.person': '[{"name":"测试户","filters":{"q":"测试户"}}]', 'guatu.lang': 'en', another: 'x' }
const DRAFTS = { 'guatu.draft.task.report.new': '{}', 'guatu.columns.task': '[]' }

describe('what a browser keeps of somebody', () => {
  it('is there at the next visit of the same person', () => {
    const [local, session] = [shelf({}), shelf({})]
    belongTo('a', [local, session])
    local.setItem('guatu.tabs.person', '[]')
    belongTo('a', [local, session])
    expect(local.getItem('guatu.tabs.person')).toBe('[]')
  })

  it('is gone before the next person sees a page, also of a visit that only ran out, and from before this was known', () => {
    for (const whose of [{}, { 'guatu.whose': 'a' }]) {
      const [local, session] = [shelf({ ...FILTERS, ...whose }), shelf({ ...DRAFTS, ...whose })]
      belongTo('b', [local, session])
      expect([local.names(), session.names()]).toEqual([['another', 'guatu.lang', 'guatu.whose'], ['guatu.whose']])
    }
  })

  it('goes at sign-out', () => {
    const [local, session] = [shelf({ ...FILTERS, 'guatu.whose': 'a' }), shelf(DRAFTS)]
    leaveBrowser([local, session])
    expect([local.names(), session.names()]).toEqual([['another', 'guatu.lang'], []])
  })
})
