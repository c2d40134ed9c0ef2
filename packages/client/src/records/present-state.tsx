import { fullDayWords, type Label } from '@guatu/kernel'
import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

/** Said above records while the page looks at another day: they are as they are now, and nobody may take them for what was then. */
export function PresentState() {
  const { t } = useSpeech()
  const { day, today } = usePlace()
  if (day === today) return null
  return (
    <ForToday>
      {t(
        w(
          `下列记录是现在的状态，不是${fullDayWords(day).zh}的；那一天的数见挂图和疫情日报。`,
          `These records are as they are now, not as of ${fullDayWords(day).en}; figures of that day stand on the wall and in the daily report.`,
        ),
      )}
    </ForToday>
  )
}

/** Stands in the place of what is known only as it is now, while the page looks at another day. */
export function OnlyNow({ what }: { readonly what: Label }) {
  const { t } = useSpeech()
  const { day } = usePlace()
  return (
    <ForToday>
      {t(w(`${what.zh}只有今天的，没有${fullDayWords(day).zh}的。`, `${what.en}: known only for today, not for ${fullDayWords(day).en}.`))}
    </ForToday>
  )
}

function ForToday({ children }: { readonly children: ReactNode }) {
  const { t } = useSpeech()
  const { lookAt } = usePlace()
  return (
    <Alert
      type="warning"
      showIcon
      title={children}
      action={
        <Button size="small" onClick={() => lookAt(undefined)}>
          {t(w('回到今天', 'Back to today'))}
        </Button>
      }
    />
  )
}
