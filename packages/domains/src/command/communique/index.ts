export { closeBlanks } from './blanks.ts'
export { joinWithNext, relabel, splitAt } from './edit.ts'
export { DOMAINS } from './lexicon/domains.ts'
export { INDICATOR_TABLE } from './lexicon/indicators.ts'
export { NOTHING_READ, readCommunique } from './read.ts'
export { recurrenceOf } from './recurs.ts'
export { RULES } from './rules.ts'
export { type Score, type ScoredDirective, score } from './score.ts'
export { type IndicatorRow, suggestIndicators, suggestUnits, type UnitSuggestion, type UnitSuggestions } from './suggest.ts'
export type {
  Communique,
  DateMention,
  Directive,
  DomainCode,
  Heading,
  LabelContext,
  NumberMention,
  Piece,
  ReadingRefusal,
  ReadOptions,
  Skipped,
  UnitName,
  Why,
} from './types.ts'
