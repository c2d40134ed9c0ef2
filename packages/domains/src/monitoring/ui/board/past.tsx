import { itsOwn, Loaded, OnlyNow, Outdated, useBoard, usePlace, w } from '@guatu/client'
import { useMemo } from 'react'
import { BoardFigures } from './figures.tsx'
import { byBooks, linesOfBooks, type Question } from './questions.ts'

/** The board of a day that is over: its figures from the books; in the place of everything known only as it is now, the way back to today. */
export function PastFigures({
  asked,
  place,
  onEnter,
}: {
  readonly asked: readonly Question[]
  readonly place: string
  onEnter(area: string): void
}) {
  const { registry, areas, day } = usePlace()
  const { past, onlyNow } = useMemo(() => {
    const { past, onlyNow } = byBooks(asked)
    return { past: past.map((one) => ({ ...one, label: registry.indicators.get(one.books)?.label ?? one.label })), onlyNow }
  }, [asked, registry])
  const within = useMemo(
    () => [place, ...[...areas.values()].filter((one) => one.parent === place && one.level !== 'unit').map((one) => one.id)],
    [areas, place],
  )
  const board = itsOwn(useBoard({ areas: within, indicators: past.map(({ books }) => books), day, days: 1 }))
  const names = (lang: 'zh' | 'en') => onlyNow.map(({ label }) => label[lang]).join(lang === 'zh' ? '、' : ', ')
  return (
    <>
      <Outdated query={board} />
      <Loaded query={board}>
        {({ series }) => <BoardFigures asked={past} lines={linesOfBooks(series, place, past)} onEnter={onEnter} />}
      </Loaded>
      <OnlyNow what={w(`${names('zh')}和人员名单`, `${names('en')} and the list of people`)} />
    </>
  )
}
