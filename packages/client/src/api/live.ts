import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

export interface LiveState {
  readonly connected: boolean
  /** When the last sign of life came, milliseconds since the epoch. */
  readonly since: number
}

/** How long changes are gathered before lists are read again, milliseconds: a burst of reports is one repaint. */
const GATHER_MS = 400

/** How long to wait after the browser gave up, milliseconds. */
const AGAIN_MS = 3_000

/** Keeps what is on screen live: a change that concerns this person makes the lists and figures it touches be read again. */
export function useLive(enabled: boolean): LiveState {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>({ connected: false, since: Date.now() })
  useEffect(() => {
    if (!enabled) return
    let source: EventSource | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    /** Place of the last change that was heard, to be told what was missed. */
    let heard = ''
    const changed = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      const records = new Set(changed)
      changed.clear()
      void client.invalidateQueries({
        predicate: ({ queryKey: [kind, record] }) =>
          kind === 'board' || kind === 'scores' || (typeof record === 'string' && records.has(record)),
      })
    }
    const listen = () => {
      source = new EventSource(`/api/live${heard === '' ? '' : `?after=${encodeURIComponent(heard)}`}`)
      source.addEventListener('hello', (event) => {
        heard ||= event.lastEventId
        setState({ connected: true, since: Date.now() })
      })
      source.addEventListener('reset', () => {
        heard = ''
        void client.invalidateQueries()
      })
      source.addEventListener('change', (event) => {
        heard = event.lastEventId
        const { record } = JSON.parse(event.data) as { record: string }
        changed.add(record)
        timer ??= setTimeout(refresh, GATHER_MS)
      })
      source.onerror = () => {
        setState((before) => (before.connected ? { connected: false, since: Date.now() } : before))
        // The browser tries again after a break of the line, but gives up where something answers in the server's place.
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(listen, AGAIN_MS)
      }
    }
    listen()
    return () => {
      source?.close()
      clearTimeout(again)
      clearTimeout(timer)
    }
  }, [client, enabled])
  return state
}
