/** One reason: the named rule that made a cut or a label, in both languages. */
export interface Why {
  readonly rule: string
  readonly zh: string
  readonly en: string
}

/** An exact piece of the text: `quote === text.slice(start, end)`, offsets in UTF-16 code units. */
export interface Piece {
  readonly quote: string
  readonly start: number
  readonly end: number
}

/** A topic sentence or clause that the following clauses spell out. */
export interface Heading extends Piece {
  readonly domain: DomainCode
  readonly why: Why
}

/** What no unit is told to do: page furniture, attendance, agenda, praise, situation. */
export interface Skipped extends Piece {
  readonly why: Why
}

/** A figure named in a directive; `value` is null where the number cannot be read without context. */
export interface NumberMention extends Piece {
  readonly value: number | null
  readonly unit: string
}

/** A time named in a directive; `iso` is a day (for a period: its last day) or null where it is relative or has no year. */
export interface DateMention extends Piece {
  readonly iso: string | null
}

/** What a unit is told to do or not to do. */
export interface Directive extends Piece {
  /** Short Chinese imperative, verb and object, taken from the quotation. */
  readonly action: string
  readonly domain: DomainCode
  /** Conditions in the words of the text; may be inherited from the opening clause of the same sentence. */
  readonly conditions: readonly string[]
  /** Words of a checkable time, or null. Never taken from a purpose clause. */
  readonly deadline: string | null
  /** ISO day of `deadline` where it can be computed, else null; without a year in words it is the first such day from the meeting on. */
  readonly deadlineDate: string | null
  readonly urgency: string | null
  readonly addressee: string | null
  /** Nothing checkable could be delivered: kept, but it becomes no task by itself. */
  readonly soft: boolean
  readonly prohibition: boolean
  readonly numbers: readonly NumberMention[]
  readonly dates: readonly DateMention[]
  /** Names in quotation marks (actions, mechanisms, slogans), without the marks. */
  readonly programmes: readonly string[]
  readonly unsure: boolean
  /** 0 to 1: how much evidence the labels have. An order, not a probability. */
  readonly confidence: number
  readonly why: readonly Why[]
}

/** The text cannot be read as a Chinese communiqué, or is too short to be one and orders nothing; says what to do. */
export interface ReadingRefusal {
  readonly code: 'empty' | 'not_chinese' | 'no_communique'
  readonly zh: string
  readonly en: string
}

/** A meeting communiqué, read. */
export interface Communique {
  readonly title: string | null
  /** ISO day of publication, or null. */
  readonly date: string | null
  /** The body that met, e.g. 市应急指挥部. */
  readonly body: string | null
  /** Ordinal number of the meeting, or null. */
  readonly session: number | null
  /** ISO day of the meeting; null where the text names none or the year is unknown. */
  readonly meetingDate: string | null
  /** Who presided, by role; a personal name is never kept here. */
  readonly chair: string | null
  readonly headings: readonly Heading[]
  readonly skipped: readonly Skipped[]
  readonly directives: readonly Directive[]
  readonly refusal: ReadingRefusal | null
}

export interface UnitName {
  readonly code: string
  readonly name: string
  readonly aliases?: readonly string[]
}

export interface ReadOptions {
  /** Units of the city: their names are recognised as addressees. */
  readonly units?: readonly UnitName[]
  /** Year for dates that name none, where the text itself has no dated line. */
  readonly year?: number
  /** ISO day on which it is read: a meeting whose year neither the text nor `year` names was on the last such day before. */
  readonly today?: string
  /** ISO day of the meeting, where a person has said it: it overrules the text. */
  readonly heldOn?: string
}

/** What a person may know about the surroundings when a piece is labelled again. */
export interface LabelContext {
  readonly headingDomain?: DomainCode | null
  readonly inheritedConditions?: readonly string[]
  readonly year?: number
  /** ISO day of the meeting. */
  readonly heldOn?: string
  readonly units?: readonly UnitName[]
}

export type DomainCode =
  | 'command'
  | 'containment'
  | 'access_control'
  | 'observation'
  | 'travel_health'
  | 'venues'
  | 'clinical'
  | 'frontline_care'
  | 'supplies'
  | 'resumption_projects'
  | 'resumption_enterprises'
  | 'project_pipeline'
  | 'approvals'
  | 'labour_survey'
  | 'labour_matching'
  | 'health_certificate'
  | 'labour_transport'
  | 'return_home_entrepreneurship'
  | 'farming'
  | 'livestock'
  | 'rule_of_law'
  | 'public_safety'
  | 'forest_fire'
  | 'admin_division_reform'
  | 'service_reopening'
  | 'welfare'
  | 'publicity'
  | 'other'
