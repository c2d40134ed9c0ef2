import { w } from '@guatu/client/language'
import { NoNetwork } from '@guatu/client/offline'
import type { Label, Problem } from '@guatu/kernel'
import { useEffect, useState } from 'react'
import { useWork } from '../work.tsx'

/** What lies in the hand-over box of this worker's own. */
export interface HandedOver {
  readonly id: string
  readonly state: 'waiting' | 'taken' | 'dropped'
  readonly area: string
  readonly problem: Problem
  readonly reason: string | null
}

/** Refusals of what names, or is about, what is not there yet. */
const BUILDS: ReadonlySet<string> = new Set(['invalid', 'not-found'])

/** Asks where what was handed over waits, and what was decided; by the ids of the acts. Without a network nothing is known of it. */
export function useHandedOver(any: boolean): ReadonlyMap<string, HandedOver> {
  const work = useWork()
  const { online, lastSync } = work.status
  const [acts, setActs] = useState<ReadonlyMap<string, HandedOver>>(new Map())
  useEffect(() => {
    if (!any || !online) return
    const ask = async () => {
      try {
        const answer = await work.ask('/api/field/handed-over/own')
        if (answer.status !== 200) return
        const { acts: own } = answer.body as { acts: readonly HandedOver[] }
        setActs(new Map(own.map((one) => [one.id, one])))
      } catch (error) {
        if (!(error instanceof NoNetwork)) throw error
      }
    }
    void ask()
    // Asked anew whenever the phone has heard from the server.
  }, [work, any, online, lastSync])
  return acts
}

/** Where it waits and why, or what was decided. @param place name of the area whose offices decide on it, where the phone knows it */
export function whereOf({ state, problem, reason }: HandedOver, place: string | undefined): Label {
  const at = place === undefined ? w('乡镇（街道）', 'the town') : w(`${place}所属乡镇（街道）`, `the town of ${place}`)
  if (state === 'taken') return w('已由经办员接收入账。', 'A clerk has taken it over.')
  if (state === 'dropped') return w(`经办员未接收：${reason ?? '—'}`, `A clerk let it rest: ${reason ?? '—'}`)
  // What builds on another act waits with it, and that one says why.
  const why = BUILDS.has(problem.code) ? w('', '') : problem.message
  return w(
    `在${at.zh}的移交箱中等待经办员处理。${why.zh}`,
    `It waits for a clerk in the hand-over box of ${at.en}.${why.en === '' ? '' : ` ${why.en}`}`,
  )
}
