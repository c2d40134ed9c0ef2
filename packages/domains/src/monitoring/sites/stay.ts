import { defineRecord, type Follow, f, type RecordState } from '@guatu/kernel'

const OBSERVED: readonly string[] = ['watching', 'absent']
/** What says that somebody who is observed no more is at the clinic, and since when. */
export const AWAY = ['transfer', 'departure', 'exitOn'] as const

/** Taken in by the clinic as suspected: cleared, they go on being observed. */
const atClinic = ({ state, fields: { transfer, departure } }: RecordState) =>
  state === 'transferred' && transfer !== undefined && departure === undefined

/** The period of somebody who was exposed on a day begins anew, where they are observed still, or are at the clinic and may go on being observed. */
export function begunAnew(watch: RecordState, from: string): readonly Follow[] {
  const action = OBSERVED.includes(watch.state) ? 'restart' : atClinic(watch) ? 'restartAway' : undefined
  return action === undefined ? [] : [{ record: 'watch', recordId: watch.id, action, input: { from, class: 'exposed' } }]
}

/**
 * A room of a site in which somebody under observation lived, and until when. The observation itself knows the last one that was left; those
 * before it stand here, because a positive that is found there exposes them too.
 */
export const stay = defineRecord({
  name: 'stay',
  label: { zh: '住宿记录', en: 'Stay' },
  at: 'town',
  title: 'site',
  fields: {
    watch: f.record({ label: { zh: '观察', en: 'Observation' }, of: 'watch' }),
    site: f.record({ label: { zh: '集中隔离点', en: 'Site' }, of: 'site' }),
    room: f.text({ label: { zh: '房间', en: 'Room' }, max: 20, optional: true }),
    leftOn: f.date({ label: { zh: '离开日期', en: 'Left on' } }),
  },
  states: { over: { zh: '已离开', en: 'Left' } },
  actions: {
    end: {
      label: { zh: '离开原房间', en: 'Left a room' },
      from: 'new',
      to: 'over',
      by: {},
      automatic: true,
      needs: ['watch', 'site', 'leftOn'],
      takes: ['room'],
    },
    expose: {
      label: { zh: '同点暴露', en: 'Exposed there' },
      from: ['over'],
      to: 'same',
      by: {},
      automatic: true,
      with: { last: f.date({ label: { zh: '暴露日期', en: 'Exposed on' } }) },
      related: { watch: { record: 'watch', at: 'watch', sees: AWAY } },
      follows: ({ act, related }) => (related.watch ?? []).flatMap((watch) => begunAnew(watch, String(act.input.last))),
      undoes: true,
    },
  },
  read: {
    'town-clerk': 'area',
    'county-clerk': 'area',
    'duty-officer': 'area',
    'grid-worker': 'area',
    'health-worker': 'area',
    auditor: 'area',
  },
  list: { columns: ['watch', 'site', 'room', 'leftOn', 'area'], filters: ['watch', 'site', 'leftOn'], sort: '-leftOn' },
})
