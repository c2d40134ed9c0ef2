import { useSpeech, w } from '@guatu/client/language'
import { fileFor } from '@guatu/client/offline'
import type { Label } from '@guatu/kernel'
import { useRef, useState } from 'react'
import { said } from '../parts/words.ts'
import { Wrong } from '../parts/wrong.tsx'
import { compressed } from '../register/photo.ts'
import { Signature, type SignatureHandle } from '../register/signature.tsx'
import { useWork } from '../work.tsx'
import { paperOf } from './paper.ts'
import type { Line } from './round.ts'

const SHOWN = ['kind', 'class', 'from', 'until', 'readings'] as const

/** The notice of observation: read out, then signed on the glass, or the signed paper photographed. */
export function Notice({ line, onDone }: { readonly line: Line; readonly onDone: () => void }) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const pad = useRef<SignatureHandle>(null)
  const [wrong, setWrong] = useState<Label>()
  const paper = paperOf(work.replica, line.row, line.person, lang)

  const keep = async (name: string, type: string, bytes: Uint8Array<ArrayBuffer>) => {
    const file = await fileFor(name, type, bytes)
    const done = await work.act([{ record: 'watch', id: line.row.id, action: 'serve', input: { servedFile: file.reference } }], [file])
    if (done.ok) onDone()
    else setWrong(done.problem.message)
  }
  const sign = async () => {
    const bytes = await pad.current?.bytes()
    if (bytes) await keep('签名.png', 'image/png', bytes)
    else setWrong(w('请本人在框内签名。', 'The person signs inside the frame.'))
  }
  const photograph = async (file: File | undefined) => {
    if (file) await keep('告知书.jpg', 'image/jpeg', await compressed(file))
  }
  return (
    <section>
      {paper ? (
        <div className="card">
          <p>{paper.opening}</p>
          <p className="label">{paper.duties?.heading}</p>
          {paper.duties?.lines.map((one) => (
            <p key={one}>{one}</p>
          ))}
        </div>
      ) : (
        <Known line={line} />
      )}
      <p className="label">{t(w('请本人签名', 'Signature of the person'))}</p>
      <Signature ref={pad} />
      <div className="pair">
        <button type="button" onClick={() => pad.current?.clear()}>
          {t(w('重签', 'Clear'))}
        </button>
        <label className="as-button">
          <span className="visually">{t(w('拍摄已签的纸质件', 'Photograph the signed paper'))}</span>
          <input type="file" accept="image/*" capture="environment" onChange={(e) => void photograph(e.target.files?.[0])} />
        </label>
      </div>
      {wrong ? <Wrong>{t(wrong)}</Wrong> : null}
      <div className="foot">
        <button type="button" className="main" onClick={() => void sign()}>
          {t(w('签收', 'Signed'))}
        </button>
      </div>
    </section>
  )
}

/** What is known of an observation whose period this phone has not heard of. */
function Known({ line }: { readonly line: Line }) {
  const { replica } = useWork()
  const { t, lang } = useSpeech()
  const def = replica.registry.records.get('watch')
  return (
    <dl className="card">
      {SHOWN.map((name) => {
        const field = def?.fields[name]
        return field ? (
          <div key={name}>
            <dt>{t(field.label)}</dt>
            <dd>{said(replica, field, line.row.fields[name], lang)}</dd>
          </div>
        ) : null
      })}
    </dl>
  )
}
