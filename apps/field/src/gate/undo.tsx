import { useSpeech, w } from '@guatu/client/language'
import { type FieldWork, NoNetwork, problemIn } from '@guatu/client/offline'
import type { Label } from '@guatu/kernel'
import { useState } from 'react'
import { Wrong } from '../parts/wrong.tsx'
import { useWork } from '../work.tsx'
import { forgetExit } from './exits.ts'

/** The line that was logged last at this gate. */
export interface LastLine {
  readonly id: string
  readonly area: string
  /** Pass on which somebody went out with it. */
  readonly exit?: string
}

const REASONS = [w('点错了人', 'Wrong person'), w('重复登记', 'Entered twice'), w('填错了', 'Wrong facts')]
const LATER = w('这条登记已经上传，联网后才能撤销。', 'This line has been sent already: it is cancelled with a network.')

/** As long as it lies on this device it is cancelled here; what has been sent is the server's. */
async function cancel(work: FieldWork, { id, area }: LastLine, cancelReason: string): Promise<Label | undefined> {
  const input = { cancelReason }
  if (work.replica.get('crossing', id)) {
    const done = await work.act([{ record: 'crossing', id, action: 'cancel', area, input }])
    return done.ok ? undefined : done.problem.message
  }
  try {
    return problemIn(await work.ask(`/api/crossing/${id}/cancel`, { event: crypto.randomUUID(), input }))?.message
  } catch (error) {
    if (error instanceof NoNetwork) return LATER
    throw error
  }
}

/** Takes back what was logged by a slip of the finger: one tap to ask why, one to do it. */
export function Undo({ line, onDone }: { readonly line: LastLine; onDone(): void }) {
  const work = useWork()
  const { t } = useSpeech()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<Label>()
  const undo = async (reason: Label) => {
    setBusy(true)
    const problem = await cancel(work, line, reason.zh)
    setBusy(false)
    if (problem) return setWrong(problem)
    if (line.exit !== undefined) await forgetExit(work, line.exit)
    onDone()
  }
  if (!asking)
    return (
      <button type="button" onClick={() => setAsking(true)}>
        {t(w('撤销刚才的登记', 'Strike the last line'))}
      </button>
    )
  return (
    <fieldset className="choice">
      <legend>{t(w('为什么撤销刚才的登记', 'Why is the last line struck'))}</legend>
      <div className="chips">
        {REASONS.map((reason) => (
          <button type="button" key={reason.en} disabled={busy} onClick={() => void undo(reason)}>
            {t(reason)}
          </button>
        ))}
        <button type="button" disabled={busy} onClick={() => setAsking(false)}>
          {t(w('不撤销', 'Keep it'))}
        </button>
      </div>
      {wrong ? <Wrong>{t(wrong)}</Wrong> : null}
    </fieldset>
  )
}
