import type { PaperSize } from 'exceljs'

/** How sheets stand on paper: one page wide and as many high as there are rows. Lengths in inches, as the format has them. */
export const ON_PAPER = {
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  horizontalCentered: true,
  showGridLines: true,
  margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
} as const

/** Numbers of the paper sizes in the format (ECMA-376 part 1, 18.3.1.63); the types of exceljs leave A3 out. */
export const PAPER_SIZES: Readonly<Record<'A3' | 'A4', PaperSize>> = { A3: 8 as number as PaperSize, A4: 9 }

/** What stands below each page. */
export const pageNumbers = (lang: 'zh' | 'en'): string => (lang === 'zh' ? '第 &P 页，共 &N 页' : 'Page &P of &N')

/** Height of a line of a cell, points. */
export const LINE_POINTS = 15

/** Lines of a text in a column: a Han character is as wide as two others; words that do not fit begin another line, so some room is left. */
export const linesOfText = (text: string, width: number): number =>
  Math.ceil([...text].reduce((sum, one) => sum + (/[\p{Script=Han}，。；：、（）]/u.test(one) ? 2 : 1), 0) / (width - 4))
