import { UploadOutlined } from '@ant-design/icons'
import type { FileReference } from '@guatu/kernel'
import { Alert, Button, Upload } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { asProblem, call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import type { InputProps } from './props.ts'

export const isFile = (value: unknown): value is FileReference => typeof value === 'object' && value !== null && 'hash' in value

export function FileInput({ value, onChange }: InputProps) {
  return <FileInputs value={isFile(value) ? [value] : []} most={1} onChange={(files) => onChange?.(files[0])} />
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
  /** Of a file that was not taken: its name, and why. */
  const [wrong, setWrong] = useState<string>()
  // Several are chosen at once and arrive one after the other, each on top of what came before.
  const held = useRef(value)
  useEffect(() => {
    held.current = value
  }, [value])
  const hold = (files: readonly FileReference[]) => {
    held.current = files.slice(-most)
    onChange([...held.current])
  }
  return (
    <>
      <Upload
        fileList={value.map((one) => ({ uid: one.hash, name: one.name, status: 'done' as const }))}
        multiple={most > 1}
        onRemove={(file) => hold(held.current.filter((one) => one.hash !== file.uid))}
        customRequest={({ file, onSuccess, onError }) => {
          const form = new FormData()
          form.append('file', file as Blob)
          setWrong(undefined)
          call<FileReference>('/api/files', { form }).then(
            (kept) => {
              hold([...held.current.filter((one) => one.hash !== kept.hash), kept])
              onSuccess?.(kept)
            },
            (error: Error) => {
              setWrong(`${file instanceof File ? file.name : ''} ${t(asProblem(error).message)}`)
              onError?.(error)
            },
          )
        }}
      >
        <Button icon={<UploadOutlined />}>{t(w('上传', 'Upload'))}</Button>
      </Upload>
      {wrong === undefined ? null : <Alert type="error" showIcon title={wrong} />}
    </>
  )
}
