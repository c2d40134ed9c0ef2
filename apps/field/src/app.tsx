import { type FieldWork, Keys, type Shelf, STARTING, type Status } from '@guatu/client/offline'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { ChoosePin, Locked, SignIn, Wiped } from './sign-in.tsx'

type Inside = typeof import('./inside.tsx')

interface Loaded {
  readonly work: FieldWork
  readonly Inside: Inside['Inside']
}

async function load(shelf: Shelf): Promise<Loaded> {
  // Older browsers learn Temporal first; the others load nothing.
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
  const { openWork, Inside } = await import('./inside.tsx')
  const work = openWork(shelf)
  await work.start()
  return { work, Inside }
}

/** Loads once, when it is first asked for. */
function once(shelf: Shelf): () => Promise<Loaded> {
  let loading: Promise<Loaded> | undefined
  return () => {
    loading ??= load(shelf)
    return loading
  }
}

/**
 * The door and what is behind it. The door stands first, from two entries of the shelf; rules, definitions and screens are loaded while
 * the person types the PIN.
 */
export function App({ shelf }: { readonly shelf: Shelf }) {
  const [door, setDoor] = useState<Status>(STARTING)
  const [loaded, setLoaded] = useState<Loaded>()
  const inside = useMemo(() => once(shelf), [shelf])
  useEffect(() => {
    const stand = async () => {
      const door = await new Keys(shelf).door()
      setDoor({ ...STARTING, ...door })
    }
    void stand()
  }, [shelf])
  useEffect(() => {
    if (door.phase === 'starting') return
    // After the door was painted.
    const timer = setTimeout(() => void inside().then(setLoaded))
    return () => clearTimeout(timer)
  }, [door, inside])
  const status = useSyncExternalStore(
    (listener) => loaded?.work.subscribe(listener) ?? (() => undefined),
    () => loaded?.work.status ?? door,
  )
  const work = async () => (await inside()).work
  if (status.phase === 'starting') return null
  if (status.phase === 'new') return <SignIn status={status} work={work} />
  if (status.phase === 'pin') return <ChoosePin work={work} />
  if (status.phase === 'locked') return <Locked status={status} work={work} />
  if (status.phase === 'wiped' || !loaded) return <Wiped status={status} />
  return <loaded.Inside work={loaded.work} />
}
