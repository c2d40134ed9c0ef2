import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useSpeech, w } from '../shell/language.tsx'
import { useSending } from './sending.tsx'

/** The button that sends a form off: while a file is on its way it waits, and says so. */
export function Submit({
  busy,
  danger = false,
  children,
}: {
  readonly busy: boolean
  readonly danger?: boolean
  readonly children: ReactNode
}) {
  const { t } = useSpeech()
  const { files } = useSending()
  return (
    <Button type="primary" htmlType="submit" loading={busy} danger={danger} disabled={files > 0}>
      {files > 0 ? t(w('附件上传中…', 'A file is on its way…')) : children}
    </Button>
  )
}
