import { Alert, Button } from 'antd'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

/** Said above records while the page looks at another day: they are as they are now, and nobody may take them for what was then. */
export function PresentState() {
  const { t } = useSpeech()
  const { day, today, lookAt } = usePlace()
  if (day === today) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t(
        w(
          `下列记录是现在的状态，不是${day}的；那一天的数见挂图和疫情日报。`,
          `These records are as they are now, not as of ${day}; figures of that day stand on the wall and in the daily report.`,
        ),
      )}
      action={
        <Button size="small" onClick={() => lookAt(undefined)}>
          {t(w('回到今天', 'Back to today'))}
        </Button>
      }
    />
  )
}
