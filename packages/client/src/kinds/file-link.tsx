import { concernsPerson, type FileReference } from '@guatu/kernel'
import { Button } from 'antd'
import { useState } from 'react'
import { download } from '../api/download.ts'
import { PurposeDialogue } from '../records/reveal.tsx'
import { DownloadButton } from '../shell/download-button.tsx'
import { w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

/** The record that carries a value. */
export interface About {
  readonly record: string
  readonly id: string
}

/** A file of a record, to be saved; a purpose is asked for where the record is about a person. Without its record it is a name. */
export function FileLink({ file, about }: { readonly file: FileReference; readonly about: About | undefined }) {
  const { registry } = usePlace()
  const [asking, setAsking] = useState(false)
  const def = about && registry.records.get(about.record)
  if (!about || !def) return <span>{file.name}</span>
  const path = `/api/${about.record}/${about.id}/files/${file.hash}`
  if (!concernsPerson(def))
    return (
      <DownloadButton type="link" size="small" className="file-link" address={path} name={file.name}>
        {file.name}
      </DownloadButton>
    )
  return (
    <>
      <Button type="link" size="small" className="file-link" onClick={() => setAsking(true)}>
        {file.name}
      </Button>
      {asking && (
        <PurposeDialogue
          title={w('下载附件', 'Save the file')}
          onCancel={() => setAsking(false)}
          onAsked={async (purpose) => {
            await download(path, { name: file.name, body: { purpose } })
            setAsking(false)
          }}
        />
      )}
    </>
  )
}
