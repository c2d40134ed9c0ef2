import type { Actor } from '../access/scope.ts'
import type { ParameterReader } from '../parameters/parameter.ts'
import type { Draft, Fields, RecordLevel, RecordState } from './row.ts'

/** What an effect may know of the act: nothing that differs between machines. */
export interface Act {
  readonly id: string
  readonly recordId: string
  readonly happenedAt: string
  /** When the system came to know of it: what may not be back-dated is judged by this. */
  readonly recordedAt: string
  readonly day: string
  /** Where it was done; of a move, where to. */
  readonly area: string
  readonly actor: string
  readonly unit: string | null
  /** The act that it follows from; permission was asked there. */
  readonly cause?: string | null
  readonly input: Readonly<Record<string, unknown>>
}

/** An area that lies where another one was before a reform. */
export interface InPlace {
  readonly area: string
  /** Materialised path on the day that was asked for. */
  readonly path: string
  /** Nothing has come to it from elsewhere, but for `without`: whoever is there was in what was asked for, too. */
  readonly whole: boolean
  /** Paths of what lies in it and came from elsewhere, and is known by itself: nothing of it was asked for. */
  readonly without?: readonly string[]
}

/** What deciding needs to know of areas. */
export interface Places {
  /** Materialised path of an area that exists on that day. */
  path(area: string, day: string): string | undefined
  /** The county whose books a place belongs to; the city's own for what stands above the counties. */
  county(area: string, day: string): string | undefined
  level(area: string, day: string): RecordLevel | 'building' | undefined
  /** What an area is, or was last, called; undefined for an unknown one. */
  name(area: string): string | undefined
  /** The area itself while it lives on a day; of one that had ended by then whoever took over from it and lives, with the largest share first. */
  heirs(area: string, day: string): readonly string[]
  /**
   * Where on `day` that lies which some areas were on `since` (`day` itself when left out; of one that had ended by then, when it was last seen): they
   * themselves, and what reforms have put in their place.
   */
  inPlaceOf(areas: readonly string[], day: string, since?: string): readonly InPlace[]
}

/** What a guard may ask. */
export interface Situation<F extends Fields> {
  readonly before: Draft<F> | undefined
  readonly after: Draft<F>
  readonly state: string | undefined
  readonly act: Act
  readonly actor: Actor
  /** Where the record stands; of a move, where it stood. */
  readonly area: string
  /** Where areas lie on the day of the act, and of which level they are. */
  readonly places: Places
  /** City day of the act. */
  readonly today: string
  /** IANA time zone of the city, in which times of day are meant. */
  readonly zone: string
  readonly parameter: ParameterReader
  /** What was in force on another day than that of the act, at the same place. */
  readonly parameterOn: (day: string) => ParameterReader
  /** Rows of other records that the action declares in `related`. */
  readonly related: Readonly<Record<string, readonly RecordState[]>>
  /** What the books say of the indicators that the action declares in `figures`: entries of the day. A phone has no books. */
  readonly figures?: Readonly<Record<string, number>>
  /** Of a correction: the act that it corrects, with what it said until then. */
  readonly corrected?: Act
}

/** A consequence in the same transaction, done under the authority of its cause. */
export interface Follow {
  readonly record: string
  readonly recordId?: string
  readonly action: string
  /** Area of a new record, or where to move one; that of the cause when left out. */
  readonly area?: string
  /** When it came to be, where that is not the moment of the cause: what is between two is true from the later of them on. */
  readonly happenedAt?: string
  /**
   * Nothing is done when the record exists already: several causes may ask for one and the same thing. It is made by the earliest of them,
   * whichever becomes known first.
   */
  readonly once?: true
  /**
   * What had followed otherwise is done over, at the moment `happenedAt` that is past: it refuses nobody. What was done since was decided beside what
   * stood until now, and stays as it was decided.
   */
  readonly anew?: true
  /**
   * What gives way to others where what was done since on another record rests on what this changes: `action` is done as well, right before the moment
   * from which the state or a field `of` stands otherwise, where nothing rests on both.
   */
  readonly yields?: { readonly action: string; readonly of: readonly string[] }
  readonly input: Readonly<Record<string, unknown>>
}
