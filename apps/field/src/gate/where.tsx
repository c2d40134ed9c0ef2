import { useSpeech, w } from '@guatu/client/language'
import { gates } from '@guatu/domains'
import type { CarriedRow } from '@guatu/kernel'
import type { Standing } from './standing.ts'

/** Which gate this is and which way people go: set once, seldom changed. */
export function Where(props: {
  readonly standing: Standing
  readonly posts: readonly CarriedRow[]
  readonly onChange: (part: Partial<Standing>) => void
}) {
  const { t } = useSpeech()
  const { standing, posts, onChange } = props
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
          onChange={(e) => onChange({ post: e.target.value })}
        >
          <option value="">{t(w('选择本卡口', 'Choose this post'))}</option>
          {posts.map((row) => (
            <option key={row.id} value={row.id}>
              {String(row.fields.name ?? '')}
            </option>
          ))}
        </select>
      ) : null}
    </div>
  )
}
