import { figureOf } from './checks.ts'
import type { AreaBooks, DailyContent } from './content.ts'
import type { ChangedFigure } from './late.ts'
import { linesOf } from './lines.ts'

type Figures = Pick<DailyContent, 'total' | 'parts'>
type Frozen = Figures & Pick<DailyContent, 'lines'>

/**
 * Figures of the lines of the frozen report that differ between a frozen and a later view of the same day.
 * @param told what later reports said of a line of an area instead of what was frozen
 */
export function changedFigures(
  frozen: Frozen,
  now: Figures,
  told: (area: string, line: string) => number | undefined = () => undefined,
): readonly ChangedFigure[] {
  const then = new Map([frozen.total, ...frozen.parts].map((one) => [one.area, one]))
  const nothing = (one: AreaBooks): AreaBooks => ({ ...one, books: {} })
  return [now.total, ...now.parts].flatMap((one) => {
    const before = then.get(one.area) ?? nothing(one)
    return linesOf(frozen).flatMap((line) => {
      const { key } = line
      const [was, is] = [told(one.area, key) ?? figureOf(before, line), figureOf(one, line)]
      return was === is ? [] : [{ area: one.area, name: one.name, line: key, was, is }]
    })
  })
}
