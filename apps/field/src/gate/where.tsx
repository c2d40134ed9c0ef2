import { useSpeech, w } from '@guatu/client/language'
import { gates } from '@guatu/domains'
import type { CarriedRow } from '@guatu/kernel'
import { useWork } from '../work.tsx'
import type { Standing } from './standing.ts'

/** Chosen where the gate is of no closed part. */
const NONE = '-'

/** Which gate this is and which way people go: set once, seldom changed. */
export function Where(props: {
  readonly standing: Standing
  readonly posts: readonly CarriedRow[]
  /** Closed parts of this area of which this may be a gate. */
  readonly parts: readonly gates.ClosedPart[]
  readonly onChange: (part: Partial<Standing>) => void
}) {
  const { t } = useSpeech()
  const { replica } = useWork()
  const { standing, posts, parts, onChange } = props
  const keys = [...new Set(parts.map(({ what }) => what))]
  const nameOf = (what: string) => String(replica.get('place', what)?.fields.name ?? replica.area(what.split('/').at(-2) ?? '')?.name ?? '')
  const chosen = keys.find((what) => what === standing.part)
  const isOutside = keys.every((what) => standing.outside?.includes(what))
  return (
    <div className="where">
      <div className="chips">
        {(['estate', 'road'] as const).map((kind) => (
          <button type="button" key={kind} aria-pressed={standing.kind === kind} onClick={() => onChange({ kind })}>
            {t(gates.GATES[kind])}
          </button>
        ))}
      </div>
      <div className="chips">
        {(['out', 'in'] as const).map((way) => (
          <button type="button" key={way} aria-pressed={standing.way === way} onClick={() => onChange({ way })}>
            {t(way === 'out' ? w('出', 'Out') : w('进', 'In'))}
          </button>
        ))}
      </div>
      {posts.length > 0 ? (
        <select
          aria-label={t(w('本卡口', 'This post'))}
          value={posts.some(({ id }) => id === standing.post) ? standing.post : ''}
          onChange={(e) => onChange({ post: e.target.value, part: '', outside: [] })}
        >
          <option value="">{t(w('选择本卡口', 'Choose this post'))}</option>
          {posts.map((row) => (
            <option key={row.id} value={row.id}>
              {String(row.fields.name ?? '')}
            </option>
          ))}
        </select>
      ) : null}
      {keys.length > 0 ? (
        <select
          aria-label={t(w('本卡口属于哪个封控范围', 'Which closed part this is a gate of'))}
          value={chosen ?? (isOutside ? NONE : '')}
          onChange={({ target: { value } }) => onChange(value === NONE ? { part: '', outside: keys } : { part: value, outside: [] })}
        >
          <option value="">{t(w('选明是否封控范围的大门', 'Say whether this is a gate of a closed part'))}</option>
          {keys.map((what) => {
            const by = [...new Set(parts.flatMap((part) => (part.what === what ? [part.by] : [])))]
            return (
              <option key={what} value={what}>
                {t(
                  w(
                    `${nameOf(what)}（${by.map((title) => `《${title}》`).join('')}）`,
                    `${nameOf(what)} (${by.map((title) => `“${title}”`).join(', ')})`,
                  ),
                )}
              </option>
            )
          })}
          <option value={NONE}>{t(w('都不是，本卡口不在封控范围', 'None of these: nothing is closed at this gate'))}</option>
        </select>
      ) : null}
    </div>
  )
}
