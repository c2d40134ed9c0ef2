import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useCallback, useState } from 'react'
import { asProblem, call } from '../api/client.ts'
import { useSpeech } from '../shell/language.tsx'

type Preferences = Readonly<Record<string, unknown>>

const KEY = ['me', 'preferences']
const ask = async (): Promise<Preferences> => (await call<{ preferences: Preferences }>('/api/account/preferences')).preferences

/** What this person chose for their screens, in the order in which it was changed; read once, before any screen shows. */
export const usePreferences = () => useQuery({ queryKey: KEY, queryFn: ask, staleTime: Number.POSITIVE_INFINITY })

/** Changes wait for each other, so that the last one stands. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Keeps a choice with the account, null to let it go: it is there again after signing in anew and in every other browser, and nothing of it stays in
 * one. Where it could not be kept the page says so, and shows what the account has.
 */
export function useKeep(): (name: string, value: unknown) => void {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useSpeech()
  return useCallback(
    (name, value) => {
      client.setQueryData<Preferences>(KEY, (all) => {
        const { [name]: _before, ...others } = all ?? {}
        return value === null ? others : { ...others, [name]: value }
      })
      // Whoever saves a filter and closes the page has saved it.
      const kept = last.then(() => call(`/api/account/preferences/${name}`, { body: { value }, keepalive: true }))
      last = kept.catch((error) => {
        void message.error(t(asProblem(error).message))
        return client.invalidateQueries({ queryKey: KEY })
      })
    },
    [client, message, t],
  )
}

/** One choice of the account under a name. What is chosen stands at once: a box that is ticked through the store is drawn unticked for a moment. */
export function usePreference<T>(name: string, initial: T, isRight: (value: unknown) => value is T): readonly [T, (next: T) => void] {
  const { data } = usePreferences()
  const keep = useKeep()
  const kept = data?.[name]
  const [mine, setMine] = useState<{ readonly name: string; readonly over: unknown; readonly value: T }>()
  const holds = mine !== undefined && mine.name === name && mine.over === kept
  if (mine && !holds) setMine(undefined)
  const set = (next: T) => {
    setMine({ name, over: kept, value: next })
    keep(name, next)
  }
  return [holds ? mine.value : isRight(kept) ? kept : initial, set]
}

export const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string')
