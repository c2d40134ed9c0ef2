import type { Label } from '@guatu/kernel'
import { useSpeech } from '../shell/language.tsx'

/** Shape and colour together: nobody has to tell red from green. */
const SHAPES: Readonly<Record<string, { readonly sign: string; readonly colour: string }>> = {
  green: { sign: '●', colour: 'var(--light-green)' },
  yellow: { sign: '▲', colour: 'var(--light-yellow)' },
  red: { sign: '■', colour: 'var(--light-red)' },
  notStarted: { sign: '◇', colour: 'var(--light-none)' },
  done: { sign: '✓', colour: 'var(--light-done)' },
}

export function Light({ light, label }: { readonly light: string; readonly label?: Label | undefined }) {
  const { t } = useSpeech()
  const shape = SHAPES[light]
  return (
    <span className="light">
      <span aria-hidden style={{ color: shape?.colour }}>
        {shape?.sign ?? '?'}
      </span>
      {label && <span>{t(label)}</span>}
    </span>
  )
}
