import { usePlace, useSpeech, w } from '@guatu/client'
import { dayWords, fullDayWords } from '@guatu/kernel'
import { Button } from 'antd'

/** Says in words that a day has no figures, or not even areas, and leads to the first day that has them. */
export function NoFigures({ first }: { readonly first: string | undefined }) {
  const { t } = useSpeech()
  const { day, home, firstDay, lookAt } = usePlace()
  const goal = first ?? firstDay
  const { zh, en } = fullDayWords(day)
  return (
    <div className="wall-map wall-no-figures" role="status">
      <p>
        {t(
          home
            ? {
                zh: `${zh}没有数据：数据从${fullDayWords(goal).zh}开始。`,
                en: `There are no figures of ${en}: they begin on ${fullDayWords(goal).en}.`,
              }
            : {
                zh: `${zh}没有数据，也没有当日的区划：区划从${fullDayWords(firstDay).zh}开始。`,
                en: `There are no figures of ${en} and no areas of that day: areas begin on ${fullDayWords(firstDay).en}.`,
              },
        )}
      </p>
      <Button type="primary" onClick={() => lookAt(goal)}>
        {t({ zh: `看${dayWords(goal).zh}`, en: `Look at ${dayWords(goal).en}` })}
      </Button>{' '}
      <Button onClick={() => lookAt(undefined)}>{t(w('回到今天', 'Back to today'))}</Button>
    </div>
  )
}
