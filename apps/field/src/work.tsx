import { FieldWork, httpTransport, type Shelf, systemWatch } from '@guatu/client/offline'
import { fieldRegistry } from '@guatu/domains/field'
import { CITY_ZONE } from '@guatu/kernel'
import { createContext, useContext, useSyncExternalStore } from 'react'

/** Version of this app, told to the server with what it sends. */
export const APP_VERSION = '0.1.0'
/** How often an app that is looked at asks for changes, milliseconds. */
const ASK_EVERY = 60_000

/** The work of this phone, kept going: when the network comes back, when the app is looked at again, and every minute. */
export function openWork(shelf: Shelf): FieldWork {
  const work = new FieldWork({
    shelf,
    registry: fieldRegistry,
    transport: httpTransport(),
    watch: systemWatch,
    zone: CITY_ZONE,
    app: APP_VERSION,
    newId: () => crypto.randomUUID(),
    later: (run, ms) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    chance: Math.random,
  })
  const ask = () => {
    if (document.visibilityState === 'visible') void work.sync()
  }
  addEventListener('online', ask)
  document.addEventListener('visibilitychange', ask)
  setInterval(ask, ASK_EVERY)
  void navigator.storage?.persist?.()
  return work
}

const Context = createContext<FieldWork | undefined>(undefined)
export const WorkProvider = Context.Provider

/** The work of this phone; the component is drawn again whenever something of it changed. */
export function useWork(): FieldWork {
  const work = useContext(Context)
  if (!work) throw new Error('no work around')
  useStatus(work)
  return work
}

export const useStatus = (work: FieldWork) =>
  useSyncExternalStore(
    (listener) => work.subscribe(listener),
    () => work.status,
  )
