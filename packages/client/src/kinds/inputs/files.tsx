import { UploadOutlined } from '@ant-design/icons'
import type { FileReference } from '@guatu/kernel'
import { Button, Upload } from 'antd'
import { call } from '../../api/client.ts'
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
  return (
    <Upload
      fileList={value.map((one) => ({ uid: one.hash, name: one.name, status: 'done' as const }))}
      maxCount={most}
      multiple={most > 1}
      onRemove={(file) => onChange(value.filter((one) => one.hash !== file.uid))}
      customRequest={({ file, onSuccess, onError }) => {
        const form = new FormData()
        form.append('file', file as Blob)
        call<FileReference>('/api/files', { form }).then(
          (kept) => {
            onChange([...value, kept])
            onSuccess?.(kept)
          },
          (error: Error) => onError?.(error),
        )
      }}
    >
      <Button icon={<UploadOutlined />}>{t(w('上传', 'Upload'))}</Button>
    </Upload>
  )
}
