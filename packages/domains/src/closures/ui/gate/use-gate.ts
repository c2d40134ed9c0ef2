import { ApiProblem, asProblem, call, newId, usePlace, verifyEd25519 } from '@guatu/client'
import type { Label, ParameterReader } from '@guatu/kernel'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { checkTicket, type GateBook, type Verdict } from '../../pass/check.ts'
import { readNumber } from '../../pass/number.ts'
import { readTicket } from '../../pass/ticket.ts'
import { readerOf, rulesOf } from '../use-rules.ts'
import { type Kept, readKept, type WaitingAct, withoutNames, writeKept } from './kept.ts'

/** What was found out about a pass that somebody showed. */
export interface Checked {
  readonly verdict: Verdict
  readonly number: string | undefined
  readonly closure?: string
  readonly id?: string
  /** Found by the device alone, with what it carries. */
  readonly offline: boolean
}

interface Answer {
  readonly verdict: Verdict
  readonly pass?: { readonly id: string; readonly number: string; readonly closure: string }
}

export interface Gate {
  readonly online: boolean
  readonly book: GateBook | undefined
  readonly waiting: number
  readonly rules: ParameterReader
  check(shown: string, direction: 'in' | 'out'): Promise<Checked | { readonly problem: Label }>
  record(input: Readonly<Record<string, unknown>>, area: string): Promise<{ readonly sent: boolean; readonly problem?: Label }>
}

/** How often what the gate carries is fetched anew, and waiting acts are sent, milliseconds. */
const EVERY_MS = 60_000

/** The city's clock as far as this device knows it. */
const cityNow = (skew: number): string => Temporal.Now.instant().add({ milliseconds: skew }).toString({ smallestUnit: 'millisecond' })

const isOffline = (error: unknown) => error instanceof ApiProblem && error.problem.code === 'offline'

/** A gate that works with and without a network: asks the server where it can, and what it carries where it cannot. */
export function useGate(): Gate {
  const { me, today } = usePlace()
  const [online, setOnline] = useState(true)
  const [kept, setKept] = useState<Kept>(() => readKept(me.id))
  const latest = useRef(kept)
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
      const skew = Temporal.Instant.from(city.now).epochMilliseconds - Temporal.Now.instant().epochMilliseconds
      change((before) => ({
        ...before,
        book,
        skew,
        rules: [...rulesOf(settings)].filter(([code]) => /^(closures|monitoring)\./.test(code)),
      }))
      const { waiting } = latest.current
      if (waiting.length > 0) {
        await call('/api/events', { body: { acts: waiting } })
        const sent = new Set(waiting.map((act) => act.event))
        change((before) => ({ ...before, waiting: before.waiting.filter((act) => !sent.has(act.event)) }))
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
    const written = shown.trim()
    const signed = readTicket(written)
    const number = signed?.ticket.pass ?? readNumber(written)
    if (number === undefined)
      return {
        problem: {
          zh: '不是本系统的通行证。请重新扫码，或输入证上的8位证号。',
          en: 'This is no pass of ours. Scan again, or type the eight letters on it.',
        },
      }
    try {
      const answer = await call<Answer>('/api/passes/verify', { body: signed ? { code: written, direction } : { number, direction } })
      setOnline(true)
      const { pass } = answer
      return { verdict: answer.verdict, number, offline: false, ...(pass ? { id: pass.id, closure: pass.closure } : {}) }
    } catch (error) {
      if (!isOffline(error)) return { problem: asProblem(error).message }
      setOnline(false)
    }
    const { book, exits } = latest.current
    if (!signed || !book)
      return {
        problem: {
          zh: '无网络时只能扫码查验（且本机须已更新过卡口数据）；请扫码，或联网后再查证号。',
          en: 'Without a network only a code can be checked, with the data of this device; scan it, or look up the number later.',
        },
      }
    const now = cityNow(latest.current.skew)
    const mine = exits.flatMap(([of, at]) => (of === number ? [at] : []))
    return { verdict: await checkTicket(signed, book, verifyEd25519, { now, direction, exits: mine }), number, offline: true }
  }, [])

  const record = useCallback<Gate['record']>(
    async (input, area) => {
      const act: WaitingAct = {
        record: 'crossing',
        id: newId(),
        action: 'record',
        event: newId(),
        area,
        happenedAt: cityNow(latest.current.skew),
        input,
      }
      const noteExit = () => {
        const { passNumber, direction, decision } = input
        if (typeof passNumber === 'string' && direction === 'out' && decision === 'pass')
          change((before) => ({ ...before, exits: [...before.exits, [passNumber, act.happenedAt]] }))
      }
      try {
        // Online the server's clock counts; the time of the device is kept only for what waits.
        const { happenedAt: _, record: of, id, action, ...body } = act
        await call(`/api/${of}/${id}/${action}`, { body })
        setOnline(true)
        noteExit()
        return { sent: true }
      } catch (error) {
        if (!isOffline(error)) return { sent: false, problem: asProblem(error).message }
        setOnline(false)
        change((before) => ({ ...before, waiting: [...before.waiting, withoutNames(act)] }))
        noteExit()
        return { sent: false }
      }
    },
    [change],
  )

  const rules = useMemo(() => readerOf(new Map(kept.rules)), [kept.rules])
  return { online, book: kept.book, waiting: kept.waiting.length, rules, check, record }
}
