import { describe, expect, it } from 'vitest'
import { f } from '../kinds/index.ts'
import { defineRecord, erase } from './define.ts'
import { inputFields, meaningsOf, readInput } from './input.ts'

/** A tide table that is signed; one that does not add up only with a word on why. */
const table = erase(
  defineRecord({
    name: 'tideTable',
    label: { zh: '潮汐表', en: 'Tide table' },
    at: 'village',
    title: 'name',
    fields: {
      name: f.text({ label: { zh: '名称', en: 'Name' }, max: 20 }),
      adds: f.flag({ label: { zh: '相符', en: 'Adds up' }, optional: true }),
      why: f.text({ label: { zh: '原因', en: 'Why' }, max: 20, optional: true }),
      note: f.text({ label: { zh: '备注', en: 'Note' }, max: 20, optional: true }),
    },
    states: { open: { zh: '草稿', en: 'Open' }, signed: { zh: '已签', en: 'Signed' } },
    actions: {
      sign: {
        label: { zh: '签字', en: 'Sign' },
        from: ['open'],
        to: 'signed',
        by: { 'grid-worker': 'area' },
        takes: ['why', 'note'],
        demands: { why: { op: 'not', of: { op: 'is', field: 'adds', value: true } } },
      },
    },
    read: { 'grid-worker': 'area' },
    list: { columns: ['name'], filters: [], sort: 'name' },
  }),
)

describe('what a form demands only of some records', () => {
  const { sign } = table.actions
  if (!sign) throw new Error('no action')
  const asked = (row?: Parameters<typeof inputFields>[2]) => inputFields(table, sign, row).map(({ name, required }) => [name, required])
  it('is not asked where it does not apply, and must be given where it does', () => {
    expect(asked({ state: 'open', fields: { adds: true } })).toEqual([['note', false]])
    for (const fields of [{ adds: false }, {}])
      expect(asked({ state: 'open', fields })).toEqual([
        ['why', true],
        ['note', false],
      ])
  })
  it('may be sent with any record: the guard judges it', () => {
    expect(asked()).toEqual([
      ['why', false],
      ['note', false],
    ])
    expect(readInput(table, sign, { why: '风大' })).toEqual({ ok: true, value: { why: '风大' } })
  })
})

describe('what was sent', () => {
  const { sign } = table.actions
  if (!sign) throw new Error('no action')
  it('is refused for what is wrong with it', () => {
    const refused = readInput(table, sign, { why: '风\n大' })
    expect(refused.ok ? '' : refused.problem.message).toEqual({
      zh: '“原因”不正确：应为一行文字，请把换行改为空格。',
      en: '“Why” is not right: it is one line of text; put a blank in the place of the line break.',
    })
  })
  it('and holds blanks only, is nothing', () => {
    expect(readInput(table, sign, { why: ' \u3000\n' })).toEqual({ ok: true, value: { why: null } })
  })
})

describe('what a word in an act means', () => {
  const reason = f.text({ label: { zh: '取消原因', en: 'Why cancelled' }, max: 300 })
  const ticket = erase(
    defineRecord({
      name: 'ticket',
      label: { zh: '单据', en: 'Ticket' },
      at: 'town',
      title: 'reason',
      fields: { reason: f.choice({ label: { zh: '原因', en: 'Reason' }, options: { ill: { zh: '病', en: 'Ill' } } }) },
      states: { open: { zh: '开', en: 'Open' }, off: { zh: '消', en: 'Off' } },
      actions: {
        open: { label: { zh: '开', en: 'Open' }, from: 'new', to: 'open', by: { 'grid-worker': 'area' }, needs: ['reason'] },
        cancel: { label: { zh: '取消', en: 'Cancel' }, from: ['open'], to: 'off', by: { 'grid-worker': 'area' }, with: { reason } },
      },
      read: { 'grid-worker': 'area' },
      list: { columns: ['reason'], filters: [], sort: 'reason' },
    }),
  )
  it('is what the act asks for, also where a field of the record is called the same', () => {
    expect(meaningsOf(ticket, 'cancel').reason).toBe(reason)
    expect(meaningsOf(ticket, 'open').reason).toBe(ticket.fields.reason)
  })
})
