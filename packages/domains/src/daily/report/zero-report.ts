import { defineRecord, f, refuse } from '@guatu/kernel'

/** 零报告: a village, town or county says that on a day there was nothing to report. Silence is never taken for it. */
export const zeroReport = defineRecord({
  name: 'zeroReport',
  label: { zh: '零报告', en: 'Zero report' },
  at: 'county',
  title: 'day',
  key: ['day', 'of'],
  fields: {
    day: f.date({ label: { zh: '报告日', en: 'Day' } }),
    of: f.area({ label: { zh: '报告地区', en: 'Area' } }),
    note: f.text({ label: { zh: '说明', en: 'Note' }, max: 200, optional: true }),
    reason: f.text({ label: { zh: '撤回原因', en: 'Why taken back' }, max: 200, optional: true }),
  },
  states: { reported: { zh: '已报', en: 'Reported' }, withdrawn: { zh: '已撤回', en: 'Taken back' } },
  actions: {
    report: {
      label: { zh: '零报告', en: 'Nothing to report' },
      from: 'new',
      to: 'reported',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' },
      needs: ['day', 'of'],
      takes: ['note'],
      offline: true,
      tone: 'main',
      guard: ({ after, act }) =>
        (after.day ?? '') > act.day
          ? refuse(
              'zero-report-too-early',
              { zh: `${after.day}尚未到来，不能提前零报告。`, en: `${after.day} has not come yet; a day cannot be reported before it.` },
              { path: 'input.day' },
            )
          : undefined,
    },
    withdraw: {
      label: { zh: '撤回', en: 'Take back' },
      from: ['reported'],
      to: 'withdrawn',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' },
      needs: ['reason'],
      offline: true,
      tone: 'danger',
    },
    reportAgain: {
      label: { zh: '重新零报告', en: 'Report again' },
      from: ['withdrawn'],
      to: 'reported',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' },
      takes: ['note'],
      offline: true,
      effect: () => ({ reason: null }),
    },
  },
  read: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'all', leader: 'all', auditor: 'all' },
  list: { columns: ['day', 'of', 'state', 'note'], filters: ['day', 'state'], sort: '-day' },
})
