import { UploadOutlined } from '@ant-design/icons'
import { type FileReference, LARGEST_FILE, type Problem, problem } from '@guatu/kernel'
import { Alert, Button, Upload } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { asProblem } from '../../api/client.ts'
import { newId } from '../../api/queries.ts'
import { upload } from '../../api/upload.ts'
import { useSending } from '../../records/sending.tsx'
import { useSpeech, w } from '../../shell/language.tsx'
import type { InputProps } from './props.ts'

export const isFile = (value: unknown): value is FileReference => typeof value === 'object' && value !== null && 'hash' in value

export function FileInput({ value, onChange }: InputProps) {
  return <FileInputs value={isFile(value) ? [value] : []} most={1} onChange={(files) => onChange?.(files[0])} />
}

/** A file on its way. */
interface Underway {
  readonly key: string
  readonly name: string
  readonly percent: number
  readonly stop: AbortController
}

/** A file that was not taken, and why. */
interface Untaken {
  readonly key: string
  readonly file: File
  readonly problem: Problem
}

export function FileInputs({
  value,
  most,
  onChange,
}: {
  readonly value: readonly FileReference[]
  readonly most: number
  onChange(value: FileReference[]): void
}) {
  const { t } = useSpeech()
  const { change } = useSending()
  const [underway, setUnderway] = useState<readonly Underway[]>([])
  const [untaken, setUntaken] = useState<readonly Untaken[]>([])
  // Several are chosen at once and arrive one after the other, each on top of what came before.
  const held = useRef(value)
  useEffect(() => {
    held.current = value
  }, [value])
  const hold = (files: readonly FileReference[]) => {
    held.current = files.slice(-most)
    onChange([...held.current])
  }
  const refuse = (key: string, file: File, why: Problem) => setUntaken((before) => [...before, { key, file, problem: why }])
  const leave = (key: string) => setUntaken((before) => before.filter((one) => one.key !== key))

  const send = async (file: File) => {
    const key = newId()
    // The server would refuse it after all of it was sent: on a phone that takes minutes, and costs.
    if (file.size > LARGEST_FILE) return refuse(key, file, problem('too-large', { limit: `${LARGEST_FILE / 1024 / 1024} MB` }))
    const stop = new AbortController()
    const tell = (percent: number) => setUnderway((before) => before.map((one) => (one.key === key ? { ...one, percent } : one)))
    setUnderway((before) => [...before, { key, name: file.name, percent: 0, stop }])
    change(1)
    try {
      const kept = await upload<FileReference>('/api/files', file, tell, stop.signal)
      hold([...held.current.filter((one) => one.hash !== kept.hash), kept])
    } catch (error) {
      if (!stop.signal.aborted) refuse(key, file, asProblem(error))
    } finally {
      setUnderway((before) => before.filter((one) => one.key !== key))
      change(-1)
    }
  }

  return (
    <>
      <Upload
        fileList={[
          ...value.map((one) => ({ uid: one.hash, name: one.name, status: 'done' as const })),
          ...underway.map(({ key, name, percent }) => ({ uid: key, name: `${name} ${percent}%`, percent, status: 'uploading' as const })),
        ]}
        multiple={most > 1}
        onRemove={({ uid }) => {
          const going = underway.find((one) => one.key === uid)
          if (going) going.stop.abort()
          else hold(held.current.filter((one) => one.hash !== uid))
        }}
        beforeUpload={(file, chosen) => {
          // What was wrong with the last choice is over with a new one.
          if (file === chosen[0]) setUntaken([])
          void send(file)
          return false
        }}
      >
        <Button icon={<UploadOutlined />}>{t(w('上传', 'Upload'))}</Button>
      </Upload>
      {untaken.map(({ key, file, problem: { code, message } }) => (
        <Alert
          key={key}
          type="error"
          showIcon
          role="alert"
          title={`${file.name} ${t(message)}`}
          closable={{ onClose: () => leave(key) }}
          {...(code === 'offline'
            ? {
                action: (
                  <Button
                    size="small"
                    onClick={() => {
                      leave(key)
                      void send(file)
                    }}
                  >
                    {t(w('重传', 'Send again'))}
                  </Button>
                ),
              }
            : {})}
        />
      ))}
    </>
  )
}
