import type { Command, Problem } from '@guatu/kernel'
import type { AtTheGate } from '../gates/cross.ts'

/** An act that its worker may no longer do: it waits for the clerk of the place, who answers for it from then on. */
export interface HandedOver {
  readonly id: string
  readonly account: string
  readonly record: string
  readonly recordId: string
  readonly action: string
  readonly area: string
  readonly happenedAt: string
  readonly receivedAt: string
  readonly problem: Problem
  readonly state: 'waiting' | 'taken' | 'dropped'
}

/** An act as it lies in the box; beside a crossing whoever stood at the gate. */
export interface BoxedAct extends Command {
  readonly who?: AtTheGate
}
