export { bulletinText, draftText, type PublicFigures, publicFigures, readFigures, sealOfFigures } from './bulletin/figures.ts'
export { booksOf, checksOf, isBalanced } from './report/checks.ts'
export { type AreaBooks, type Check, type DailyContent, type DayBooks, readDaily, sealOfDaily } from './report/content.ts'
export { CLASSES, INDICATORS, LINES, SIGNS_OF_WORK } from './report/lines.ts'
