import { App, Button, type ButtonProps } from 'antd'
import { type MouseEvent, useState } from 'react'
import { asProblem } from '../api/client.ts'
import { download } from '../api/download.ts'
import { useSpeech } from './language.tsx'

interface Props extends Pick<ButtonProps, 'icon' | 'size' | 'type' | 'className' | 'children'> {
  readonly address: string
  /** What the file is called here; as the server calls it where left out. */
  readonly name?: string
}

/** Seconds that a refusal stands: it says what to do. */
const READ_S = 10

/** A link to a file of the server that is saved where one is. What is refused is said on the page, which stays as it is. */
export function DownloadButton({ address, name, ...button }: Props) {
  const { t } = useSpeech()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const take = async (event: MouseEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await download(address, name === undefined ? {} : { name })
    } catch (error) {
      void message.error(t(asProblem(error).message), READ_S)
    } finally {
      setBusy(false)
    }
  }
  return <Button {...button} href={address} loading={busy} onClick={(event) => void take(event)} />
}
