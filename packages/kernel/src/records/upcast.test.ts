import { describe, expect, it } from 'vitest'
import { f } from '../kinds/index.ts'
import { defineRecord, erase } from './define.ts'
import { readInput, shapeOf } from './input.ts'

/** A buoy whose report has changed twice: first metres became centimetres, then one word became a choice. */
const buoy = erase(
  defineRecord({
    name: 'buoy',
    label: { zh: '浮标', en: 'Buoy' },
    at: 'village',
    title: 'name',
    fields: {
      name: f.text({ label: { zh: '名称', en: 'Name' }, max: 20 }),
      wave: f.count({ label: { zh: '浪高（厘米）', en: 'Wave (cm)' }, optional: true }),
      sky: f.choice({
        label: { zh: '天色', en: 'Sky' },
        options: { clear: { zh: '晴', en: 'Clear' }, grey: { zh: '阴', en: 'Grey' } },
        optional: true,
      }),
    },
    states: { afloat: { zh: '在位', en: 'Afloat' } },
    actions: {
      report: {
        label: { zh: '报告', en: 'Report' },
        from: ['afloat'],
        to: 'same',
        by: { 'grid-worker': 'area' },
        needs: ['wave', 'sky'],
        upcasts: [
          ({ metres, ...rest }) => ({ ...rest, wave: Math.round(Number(metres) * 100) }),
          ({ weather, ...rest }) => ({ ...rest, sky: weather === '晴' ? 'clear' : 'grey' }),
        ],
      },
    },
    read: { 'grid-worker': 'area' },
    list: { columns: ['name'], filters: [], sort: 'name' },
  }),
)
const { report } = buoy.actions

describe('an input of an older shape', () => {
  if (!report) throw new Error('no action')
  const today = { wave: 150, sky: 'clear' }
  it('is brought up to today’s, from whichever shape the sender knows', () => {
    expect(shapeOf(report)).toBe(3)
    expect(readInput(buoy, report, { metres: 1.5, weather: '晴' }, 1)).toEqual({ ok: true, value: today })
    expect(readInput(buoy, report, { wave: 150, weather: '晴' }, 2)).toEqual({ ok: true, value: today })
    expect(readInput(buoy, report, today, 3)).toEqual({ ok: true, value: today })
    expect(readInput(buoy, report, today)).toEqual({ ok: true, value: today })
  })

  it('is still checked after that', () => {
    expect(readInput(buoy, report, { metres: -1, weather: '晴' }, 1)).toMatchObject({ ok: false, problem: { path: 'input.wave' } })
    expect(readInput(buoy, report, { metres: 1, weather: '晴' })).toMatchObject({ ok: false, problem: { code: 'required' } })
  })

  it('of a shape that is not known yet is read as today’s: a newer phone says no more than it must', () => {
    expect(readInput(buoy, report, today, 9)).toEqual({ ok: true, value: today })
  })
})
