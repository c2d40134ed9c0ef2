/**
 * Page of an official document by GB/T 9704-2012 (党政机关公文格式): A4, margins 37 mm above and 28 mm at the binding edge, a text
 * area of 156 × 225 mm with 22 lines of 28 characters of size 3 (三号, 16 pt). Lengths in twips (1/1440 inch) unless said.
 */
const TWIPS_PER_MM = 1440 / 25.4
export const mm = (length: number): number => Math.round(length * TWIPS_PER_MM)

const PAGE = { width: 210, height: 297 } as const
const TEXT = { top: 37, left: 28, width: 156, height: 225 } as const
export const LINES = 22
export const CHARACTERS = 28

/** Half-points: 二号 22 pt, 三号 16 pt, 四号 14 pt, 小四 12 pt. */
export const SIZE = { two: 44, three: 32, four: 28, smallFour: 24 } as const

export const page = {
  width: mm(PAGE.width),
  height: mm(PAGE.height),
  margin: {
    top: mm(TEXT.top),
    left: mm(TEXT.left),
    right: mm(PAGE.width - TEXT.left - TEXT.width),
    bottom: mm(PAGE.height - TEXT.top - TEXT.height),
  },
} as const

/** Width of the text area. */
export const TEXT_WIDTH = page.width - page.margin.left - page.margin.right

/** Height of one line of the grid. */
export const LINE = Math.floor(mm(TEXT.height) / LINES)
/** Height of a line of the title, of letters of size 2. */
export const TITLE_LINE = 700
/** Width of one character of the grid. */
export const CHARACTER = mm(TEXT.width) / CHARACTERS
/**
 * By how much letters of size 3 stand closer than they are wide, so that 28 fill a line; whole twips, rounded so that the 28th never
 * falls to the next line. Word's character grid would say the same, but other programs read it differently.
 */
export const CLOSER = -Math.ceil(SIZE.three * 10 - CHARACTER)
/** The page number stands 7 mm below the text area; its line is as high as its letters. */
export const FOOTER = page.margin.bottom - mm(7) - SIZE.four * 10
/** The red mark of minutes stands 35 mm below the top edge of the text area. */
export const MARK_BELOW_TOP = mm(35)

/** A face with what may stand in for it, best first: Word reads the alternatives from the font table. */
export interface Face {
  readonly name: string
  readonly instead: readonly string[]
}

export const FACES = {
  body: { name: '仿宋_GB2312', instead: ['仿宋', 'FangSong', 'STFangsong', 'Noto Serif CJK SC'] },
  title: { name: '方正小标宋简体', instead: ['方正小标宋_GBK', 'FZXiaoBiaoSong-B05S', '宋体', 'SimSun', 'Noto Serif CJK SC'] },
  black: { name: '黑体', instead: ['SimHei', 'STHeiti', 'Noto Sans CJK SC'] },
  script: { name: '楷体_GB2312', instead: ['楷体', 'KaiTi', 'STKaiti', 'Noto Serif CJK SC'] },
  number: { name: '宋体', instead: ['SimSun', 'STSong', 'Noto Serif CJK SC'] },
} as const satisfies Readonly<Record<string, Face>>
