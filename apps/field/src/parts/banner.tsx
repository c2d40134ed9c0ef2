import { useSpeech, w } from '@guatu/client/language'
import { isWaiting } from '@guatu/client/offline'
import { useWork } from '../work.tsx'
import { clock } from './words.ts'

/** Offline since when, and how many wait; nothing when all is well. */
export function Banner() {
  const work = useWork()
  const { t } = useSpeech()
  const { online, offlineSince, signInNeeded, problem } = work.status
  const waiting = work.outbox?.entries.filter(isWaiting).length ?? 0
  const many = waiting === 0 ? w('', '') : w(`，${waiting}条待上传`, `, ${waiting} to send`)
  if (signInNeeded)
    return (
      <a className="banner warn" href="#me">
        {t(w(`登录已过期，请重新登录${many.zh}`, `Sign in again${many.en}`))}
      </a>
    )
  if (!online && offlineSince !== undefined)
    return (
      <p className="banner" role="status">
        {t(
          w(
            `离线，自${clock(offlineSince, work.replica).zh}起${many.zh}`,
            `Offline since ${clock(offlineSince, work.replica).en}${many.en}`,
          ),
        )}
      </p>
    )
  if (problem)
    return (
      <p className="banner warn" role="status">
        {t(problem.message)}
      </p>
    )
  return null
}
