import { SHAPE } from './marks.ts'

/** The shape of a mark beside words, in their colour. */
export function MarkShape({ path }: { readonly path: string }) {
  return (
    <svg viewBox={`0 0 ${SHAPE} ${SHAPE}`} className="mark-shape" aria-hidden>
      <path d={path} fill="currentColor" fillRule="evenodd" />
    </svg>
  )
}
