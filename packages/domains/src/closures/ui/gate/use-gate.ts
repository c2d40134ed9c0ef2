import { asProblem, call, newId, usePlace, Vault } from '@guatu/client'
import { fromBase64, type Label, type ParameterReader } from '@guatu/kernel'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { GateBook } from '../../pass/check.ts'
import { readerOf, rulesOf } from '../use-rules.ts'
import { type CrossingAct, type Kept, openAct, readKept, sealAct, type Who, writeKept } from './kept.ts'
import { type Checked, isOffline, lookCarried, lookOnline } from './look.ts'

/** What became of somebody who was not known at the gate. */
export type Identified = 'none' | 'linked' | 'created' | 'unplaced' | 'unnamed'

export interface Logged {
  readonly sent: boolean
  readonly identified?: Identified
  readonly problem?: Label
}

export interface Gate {
  readonly online: boolean
  readonly book: GateBook | undefined
  readonly waiting: number
  readonly refused: Kept['refused']
  readonly rules: ParameterReader
  check(shown: string, direction: 'in' | 'out'): Promise<Checked | { readonly problem: Label }>
  record(input: Readonly<Record<string, unknown>>, area: string, who: Omit<Who, 'person' | 'event'> | undefined): Promise<Logged>
  /** What was not taken has been read. */
  forgetRefused(): void
}

interface Keys {
  readonly recognise: Uint8Array<ArrayBuffer>
  readonly vault: Vault
}
interface Answered {
  readonly results: readonly { readonly identified?: Identified; readonly problem?: { readonly message: Label } }[]
}

/** How often what the gate carries is fetched anew, and waiting acts are sent, milliseconds. */
const EVERY_MS = 60_000
/** Acts of one call at most, as the server takes them. */
const BATCH = 500

/** The city's clock as far as this device knows it. */
const cityNow = (skew: number): string => Temporal.Now.instant().add({ milliseconds: skew }).toString({ smallestUnit: 'millisecond' })

/** Keys of this gate, held in memory as long as the page is open; none where the browser has no cryptography to use them. */
async function fetchKeys(): Promise<Keys | undefined> {
  if (globalThis.crypto.subtle === undefined) return undefined
  const { recognise, seal } = await call<{ recognise: string; seal: string }>('/api/gate/keys')
  return { recognise: fromBase64(recognise), vault: await Vault.of(fromBase64(seal)) }
}

/** A gate that works with and without a network: asks the server where it can, and what it carries where it cannot. */
export function useGate(): Gate {
  const { me, today } = usePlace()
  const [online, setOnline] = useState(true)
  const [kept, setKept] = useState<Kept>(() => readKept(me.id))
  const latest = useRef(kept)
  const keys = useRef<Keys | undefined>(undefined)
  const change = useCallback(
    (update: (before: Kept) => Kept) => {
      latest.current = update(latest.current)
      writeKept(me.id, latest.current, today)
      setKept(latest.current)
    },
    [me.id, today],
  )

  const sync = useCallback(async () => {
    try {
      const [book, settings, city] = await Promise.all([
        call<GateBook>('/api/passes/book'),
        call<Parameters<typeof rulesOf>[0]>('/api/settings'),
        call<{ now: string }>('/api/me'),
      ])
      keys.current ??= await fetchKeys()
      const skew = Temporal.Instant.from(city.now).epochMilliseconds - Temporal.Now.instant().epochMilliseconds
      const rules = [...rulesOf(settings)].filter(([code]) => /^(closures|monitoring)\./.test(code))
      change((before) => ({ ...before, book, skew, rules }))
      while (latest.current.waiting.length > 0) {
        const batch = latest.current.waiting.slice(0, BATCH)
        const acts = await Promise.all(batch.map((act) => openAct(act, keys.current?.vault)))
        const { results } = await call<Answered>('/api/gate/cross', { body: { acts } })
        const refused = batch.flatMap(({ happenedAt }, i) => {
          const why = results[i]?.problem?.message
          return why ? [{ happenedAt, why }] : []
        })
        const sent = new Set(batch.map((act) => act.event))
        change((before) => ({
          ...before,
          waiting: before.waiting.filter((act) => !sent.has(act.event)),
          refused: [...before.refused, ...refused],
        }))
      }
      setOnline(true)
    } catch (error) {
      setOnline(!isOffline(error))
    }
  }, [change])
  useEffect(() => {
    void sync()
    const timer = setInterval(() => void sync(), EVERY_MS)
    const soon = () => void sync()
    window.addEventListener('online', soon)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', soon)
    }
  }, [sync])

  const check = useCallback<Gate['check']>(async (shown, direction) => {
    const answer = await lookOnline(shown, direction)
    setOnline(answer !== 'offline')
    if (answer !== 'offline') return answer
    const { book, exits, skew } = latest.current
    return lookCarried(shown, direction, { book, exits, recognise: keys.current?.recognise, now: cityNow(skew) })
  }, [])

  const record = useCallback<Gate['record']>(
    async (input, area, who) => {
      const act: CrossingAct = {
        id: newId(),
        event: newId(),
        area,
        happenedAt: cityNow(latest.current.skew),
        input,
        ...(who ? { who: { ...who, person: newId(), event: newId() } } : {}),
      }
      const noteExit = () => {
        const { passNumber, direction, decision } = input
        if (typeof passNumber === 'string' && direction === 'out' && decision === 'pass')
          change((before) => ({ ...before, exits: [...before.exits, [passNumber, act.happenedAt]] }))
      }
      try {
        // Online the server's clock counts; the time of the device is kept only for what waits.
        const { happenedAt: _, ...now } = act
        const { results } = await call<Answered>('/api/gate/cross', { body: { acts: [now] } })
        setOnline(true)
        const [done] = results
        if (done?.problem) return { sent: false, problem: done.problem.message }
        noteExit()
        return { sent: true, ...(done?.identified ? { identified: done.identified } : {}) }
      } catch (error) {
        if (!isOffline(error)) return { sent: false, problem: asProblem(error).message }
        setOnline(false)
        const waiting = await sealAct(act, keys.current?.vault)
        change((before) => ({ ...before, waiting: [...before.waiting, waiting] }))
        noteExit()
        return { sent: false }
      }
    },
    [change],
  )

  const forgetRefused = useCallback(() => change((before) => ({ ...before, refused: [] })), [change])
  const rules = useMemo(() => readerOf(new Map(kept.rules)), [kept.rules])
  return { online, book: kept.book, waiting: kept.waiting.length, refused: kept.refused, rules, check, record, forgetRefused }
}
