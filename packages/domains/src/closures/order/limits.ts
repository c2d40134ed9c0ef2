/** States in which an order limits somebody. */
export const LIMITING = ['inForce', 'reported'] as const

/** Does an order limit anybody at a moment? Never before its start, never at or past its end, whatever a job has noted. */
export const limitsAt = (state: string, order: { readonly start?: unknown; readonly end?: unknown }, moment: string): boolean =>
  (LIMITING as readonly string[]).includes(state) && String(order.start ?? '9') <= moment && moment < String(order.end ?? '')

/** Did an order limit anybody at a moment, as far as is known now? For acts that arrive late; an order that ended before stays ended. */
export function limitedAt(state: string, order: Readonly<Record<string, unknown>>, moment: string): boolean {
  const over = order.endedAt ?? order.end
  const began = order.announcedAt !== undefined && String(order.announcedAt) <= moment && String(order.start ?? '9') <= moment
  return !['drafted', 'submitted', 'approved', 'withdrawn'].includes(state) && began && moment < String(over ?? '')
}
