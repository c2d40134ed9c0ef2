import type { AreaLevel, AreaNature } from './areas/level.ts'
import type { DomainEvent } from './events/event.ts'
import type { Expression } from './indicators/expression.ts'
import type { ParameterReader } from './parameters/parameter.ts'
import type { Relation } from './records/relation.ts'
import type { RecordState } from './records/row.ts'
import type { Places } from './records/situation.ts'

/** What the system does by itself at the start of a city day, record by record: lights that change, orders that lapse. */
export interface DailyDuty {
  /** Part of the ids of its events: it must never change. */
  readonly name: string
  readonly record: string
  /** The records to look at; the due list is one query. Of a day where what is due depends on it: a later day includes all earlier ones. */
  readonly where: Expression | ((day: string, parameter: ParameterReader) => Expression)
  /**
   * Only records that something open holds (`RecordDef.holds`), or only those that nothing does. What was open on a day that passed is not known:
   * such a duty is done on the day of the look alone.
   */
  readonly held?: boolean
  /** The act that this record needs on this city day, if any. Pure: asked again on the same day it answers the same. */
  readonly act: (
    row: RecordState,
    day: string,
    parameter: ParameterReader,
  ) => { readonly action: string; readonly input: Readonly<Record<string, unknown>> } | undefined
}

/**
 * What the system does by itself at a moment that stands in a record: an order that ends at 18:00 ends at 18:00, however late the
 * job looks.
 */
export interface TimedDuty {
  /** Part of the ids of its events: it must never change. */
  readonly name: string
  readonly record: string
  readonly where: Expression
  /** The `moment` field whose time has come. */
  readonly at: string
  /**
   * The act of that moment, if any. Pure: asked again for the same moment it answers the same.
   * @param now when it is looked at, ISO instant, for what somebody has to hear of before it comes again: the acts of one moment are done once all the same
   */
  readonly act: (
    row: RecordState,
    moment: string,
    parameter: ParameterReader,
    now: string,
  ) => { readonly action: string; readonly input: Readonly<Record<string, unknown>> } | undefined
}

/** What a standing duty knows beside the record. */
export interface Standing {
  readonly day: string
  readonly related: Readonly<Record<string, readonly RecordState[]>>
  readonly places: Places
}

/**
 * What the system keeps true of open records while others change: who is in charge, as assignments come and go. Looked at on every new city day,
 * and in the areas concerned soon after something in `on` was done.
 */
export interface StandingDuty {
  /** Part of the ids of its events: it must never change. */
  readonly name: string
  readonly record: string
  readonly where: Expression
  /** Kinds of records, or single actions as `record.action`, after which it is looked at again. */
  readonly on: readonly string[]
  /** Of what was done, what may ask for something; all of it where left out. Told of every act in `on`, with what its record was after it. */
  readonly concerns?: (act: DomainEvent, after: RecordState) => boolean
  /** Its records may stand in another area than what was done: they are looked at everywhere, and have to be few. */
  readonly anywhere?: true
  /** What it sees of other records; asked for many records together. */
  readonly related: Readonly<Record<string, Relation>>
  /** The act that makes it true, if any, on the row unless it names another record. Pure: asked again about the same facts it answers the same. */
  readonly act: (
    row: RecordState,
    at: Standing,
  ) =>
    | {
        readonly record?: string
        readonly recordId?: string
        readonly action: string
        readonly input: Readonly<Record<string, unknown>>
      }
    | undefined
}

/**
 * What somebody is in charge of by their account, and the act by which it is theirs no more: done once nobody works under that account, because it is
 * closed or the last office held under it is over. What hangs on it is for standing duties.
 */
export interface Charge {
  /** Part of the ids of its events: it must never change. */
  readonly name: string
  readonly record: string
  /** The field that names the account: by the name that somebody signs in with, or by its number. */
  readonly account: string
  /** What is theirs of it: the act ends that. */
  readonly where: Expression
  readonly act: { readonly action: string; readonly input: Readonly<Record<string, unknown>> }
  /** How it is theirs again once somebody works under the account: only what nobody was given in its place since. */
  readonly back?: {
    /** What the act ended and nothing else did, that would go on on a day. */
    readonly where: (day: string) => Expression
    readonly act: { readonly action: string; readonly input: Readonly<Record<string, unknown>> }
    /** Another one in the same area stands in its place where it has the same in these fields. */
    readonly same: readonly string[]
  }
}

/** An area as a survey meets it. */
export interface SurveyedArea {
  readonly id: string
  readonly level: AreaLevel
  readonly nature: AreaNature
  readonly code: string | null
  /** Its name on the day. */
  readonly name: string
  readonly parent: string | null
}

/** An area of before: what lives still, or ended at a moment. */
export interface FormerArea extends Pick<SurveyedArea, 'id' | 'nature' | 'name'> {
  readonly ended?: string
}

/** What a survey knows: the areas of the day and whole registers, as they stand. */
export interface Survey {
  readonly day: string
  readonly areas: readonly SurveyedArea[]
  /** What an area of the day was on another day: itself where it lived by then, and those of its level that ended since and left it a share. */
  readonly was: (area: string, day: string) => readonly FormerArea[]
  /** Rows by the names that the survey gave them. */
  readonly rows: Readonly<Record<string, readonly RecordState[]>>
  /** Parameters in force on the day in an area. */
  readonly parameter: (area: string) => ParameterReader
}

/** What a survey found to be done. Its id follows from survey and `key`: the same finding is acted upon once. */
export interface SurveyFinding {
  readonly key: string
  readonly record: string
  /** A new record when left out. */
  readonly recordId?: string
  readonly action: string
  readonly area?: string
  readonly input: Readonly<Record<string, unknown>>
}

/**
 * What the system works out over whole registers, every day and whenever one of them changed: a class of every county, a gap
 * between two lists. The registers must be small; figures of many records come from the books instead.
 */
export interface SurveyDuty {
  /** Part of the ids of its events: it must never change. */
  readonly name: string
  readonly reads: Readonly<Record<string, { readonly record: string; readonly where: Expression }>>
  /** Pure: asked again about the same facts it answers the same. */
  readonly find: (survey: Survey) => readonly SurveyFinding[]
}
