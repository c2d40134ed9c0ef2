export { composeReport, indicatorId } from './compose.ts'
export {
  type ActReference,
  type ActsBehind,
  figuresIn,
  type ReportBlock,
  type ReportCell,
  type ReportContent,
  type ReportFigure,
  type ReportMeeting,
  type ReportSource,
  readContent,
  type TableBlock,
  type WordsBlock,
} from './content.ts'
export { type IndicatorValue, knownAt, type ReportFacts } from './facts.ts'
export { guardRevise, hashOf } from './freeze.ts'
export { cellWords, headingNumbers, type OutlineLine, outlineOf, tableWords } from './outline.ts'
export { type ChangedFigure, changedSince } from './since.ts'
export { chineseNumber, figureWords, momentWords, printed } from './words.ts'
