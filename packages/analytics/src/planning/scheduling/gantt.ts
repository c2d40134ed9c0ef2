import type { Timetable } from './plan.ts'
import type { SchedulingProblem } from './types.ts'

/** What the picture is to say. */
export interface GanttOptions {
  readonly title: string
  /** Label of a slot on the scale, for example its date; the slot's number when absent. */
  readonly label?: (slot: number) => string
  /** Words of the legend, so that callers choose the language. */
  readonly words?: { readonly critical: string; readonly float: string; readonly late: string }
}

const ROW = 22
const LEFT = 220
const TOP = 64
const WIDTH = 900

const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * The work chart (施工图) of a plan as SVG: a bar for each activity in order of start, the critical chain in its own colour and with a
 * heavier edge, floats as thin lines, lateness behind the due slot hatched. Colours keep apart in grey print.
 */
export function ganttSvg(problem: SchedulingProblem, plan: Timetable, options: GanttOptions): string {
  const words = options.words ?? { critical: '关键工序', float: '机动时间', late: '超期' }
  const label = options.label ?? String
  const named = new Map(problem.activities.map((a) => [a.id, a]))
  const projects = new Map((problem.projects ?? []).map((p) => [p.id, p]))
  const rows = [...plan.activities].sort((a, b) => a.start - b.start || a.finish - b.finish)
  const first = Math.min(problem.now ?? 0, ...rows.map((r) => r.start))
  const span = Math.max(1, plan.end - first)
  const x = (slot: number) => LEFT + ((slot - first) * WIDTH) / span
  const height = TOP + rows.length * ROW + 24
  const step = Math.max(1, Math.ceil(span / 12))
  const ticks = Array.from({ length: Math.floor(span / step) + 1 }, (_, k) => first + k * step)
  const scale = ticks.map(
    (t) =>
      `<line x1="${x(t).toFixed(1)}" y1="${TOP - 8}" x2="${x(t).toFixed(1)}" y2="${height - 16}" stroke="#ddd"/>` +
      `<text x="${x(t).toFixed(1)}" y="${TOP - 14}" text-anchor="middle">${safe(label(t))}</text>`,
  )
  const bars = rows.map((row, k) => {
    const activity = named.get(row.id)
    const project = activity?.project === undefined ? undefined : projects.get(activity.project)
    const due = Math.min(activity?.due ?? Number.POSITIVE_INFINITY, project?.due ?? Number.POSITIVE_INFINITY)
    const y = TOP + k * ROW
    const middle = y + ROW / 2
    const name = [project?.name ?? activity?.project, activity?.name ?? row.id].filter(Boolean).join(' · ')
    const width = Math.max(2, x(row.finish) - x(row.start))
    const late =
      row.finish > due
        ? `<rect x="${x(Math.max(due, row.start)).toFixed(1)}" y="${y + 4}" width="${Math.max(2, x(row.finish) - x(Math.max(due, row.start))).toFixed(1)}" height="${ROW - 8}" fill="url(#late)"/>`
        : ''
    const float =
      row.totalFloat > 0
        ? `<line x1="${x(row.finish).toFixed(1)}" y1="${middle}" x2="${x(Math.min(plan.end, row.finish + row.totalFloat)).toFixed(1)}" y2="${middle}" stroke="#555" stroke-dasharray="3 2"/>`
        : ''
    return (
      `<text x="${LEFT - 8}" y="${middle + 4}" text-anchor="end">${safe(name.length > 26 ? `${name.slice(0, 25)}…` : name)}</text>` +
      `<rect x="${x(row.start).toFixed(1)}" y="${y + 4}" width="${width.toFixed(1)}" height="${ROW - 8}" fill="${row.critical ? '#b3261e' : '#9fb8d9'}" stroke="${row.critical ? '#000' : '#4a6a96'}" stroke-width="${row.critical ? 1.6 : 0.8}">` +
      `<title>${safe(`${name}: ${label(row.start)} – ${label(row.finish)}`)}</title></rect>${late}${float}`
    )
  })
  const legend =
    `<rect x="${LEFT}" y="26" width="18" height="10" fill="#b3261e" stroke="#000"/><text x="${LEFT + 24}" y="35">${safe(words.critical)}</text>` +
    `<line x1="${LEFT + 120}" y1="31" x2="${LEFT + 140}" y2="31" stroke="#555" stroke-dasharray="3 2"/><text x="${LEFT + 146}" y="35">${safe(words.float)}</text>` +
    `<rect x="${LEFT + 240}" y="26" width="18" height="10" fill="url(#late)"/><text x="${LEFT + 264}" y="35">${safe(words.late)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 40} ${height}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${safe(options.title)}</title>`,
    '<defs><pattern id="late" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff3c4"/><line x1="0" y1="0" x2="0" y2="6" stroke="#7a5b00" stroke-width="3"/></pattern></defs>',
    `<text x="12" y="20" font-size="16">${safe(options.title)}</text>`,
    legend,
    ...scale,
    ...bars,
    '</svg>',
  ].join('\n')
}
