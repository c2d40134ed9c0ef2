import type { Actor, Command, Problem, Result } from '@guatu/kernel'
import type { BoxedAct, HandedOver, Known, OtherSide } from './boxed.ts'
import type { BoxedContent } from './boxed-content.ts'

/** An act as a clerk decides on it. */
export interface HandedOverDetail extends HandedOver, BoxedContent {
  /** What is taken over with it, in this order, because it builds on that. */
  readonly needs: readonly HandedOver[]
  /** Whom the register has under the number of the entry that this is. */
  readonly other?: OtherSide
}

/** An act that was taken over, and what it built on and was taken over before it. */
export interface TakenOver extends HandedOver {
  readonly along: readonly HandedOver[]
}

/** Whose act it was, and why it is not done. */
export interface From {
  readonly account: string
  readonly device: string
  readonly problem: Problem
  /** Where an earlier act on the same record was done, as the same delivery says. */
  readonly area?: string
  /** When it was done where it does not say so itself: acts of one delivery in their order. */
  readonly at: string
}

export interface HandOverBox {
  /** Keeps an act where somebody who can decide on it sees it; keeping it again changes nothing. */
  keep(act: BoxedAct, from: From): Promise<void>
  /** Does an act build on one of the same account that lies in the box untaken: on the same record, or on one that its act was to make? */
  isUnder(act: Command, account: string): Promise<boolean>
  /** Keeps that an act enters somebody whom the register knows already, without what identifies them; what else is done with that entry is about the known one. */
  settleAs(act: BoxedAct, from: From, known: Known): Promise<void>
  /** Of entries that a phone of this account made, those that are so settled. */
  knownAs(account: string, ids: readonly string[]): Promise<ReadonlyMap<string, Known>>
  /** States of acts that are in the box, by event id. */
  statesOf(ids: readonly string[]): Promise<ReadonlyMap<string, HandedOver['state']>>
  /** What waits for this person, oldest first, and how many there are in all: no more than {@link MOST} are shown at a time. */
  list(actor: Actor): Promise<Result<{ readonly acts: readonly HandedOverDetail[]; readonly waiting: number }>>
  /**
   * The clerk takes the act over: it enters with its own id and time, and the clerk answers for it. What it builds on and waits as well is taken over
   * before it; where one of those is not this clerk's, nothing is, and where one cannot be taken, nothing after it: the answer says which comes first.
   */
  take(id: string, actor: Actor): Promise<Result<TakenOver>>
  /**
   * The clerk says that an entry is of whoever is registered under its number: no second one is made, and what the phone did with it, which is taken over
   * along, is about them.
   */
  takeAsSame(id: string, actor: Actor): Promise<Result<TakenOver>>
  /** The clerk lets it rest, with a reason; it stays in the box as decided. */
  drop(id: string, reason: string, actor: Actor): Promise<Result<HandedOver>>
}
