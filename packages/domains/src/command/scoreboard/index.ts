export { annexOf, type BulletinFigures, freeze, readFigures, titleOf, wordsOf } from './bulletin-figures.ts'
export { BY_UNIT_AND_MONTH, byUnit, type Filters, filtersIn, MEASURES, type Measure, type Period, type Score, scoresOf } from './scores.ts'
