import { useSpeech, w } from '@guatu/client/language'
import { NoNetwork, problemIn } from '@guatu/client/offline'
import { QrCode } from '@guatu/client/qr-code'
import type { Label } from '@guatu/kernel'
import { useState } from 'react'
import { clock } from '../parts/words.ts'
import { Wrong } from '../parts/wrong.tsx'
import { useWork } from '../work.tsx'

const CODE_SIZE = 280

interface Issued {
  readonly id: string
  readonly path: string
  readonly expiresAt: string
}

/** A link by which people report themselves from their own phone: shown as a code to be scanned, once. Making it needs the network. */
export function SelfLink({ record, id }: { readonly record: 'person' | 'household'; readonly id: string }) {
  const work = useWork()
  const { t } = useSpeech()
  const [issued, setIssued] = useState<Issued>()
  const [wrong, setWrong] = useState<Label>()
  const ask = async (path: string, body: unknown) => {
    try {
      const answer = await work.ask(path, body)
      setWrong(problemIn(answer)?.message)
      return problemIn(answer) ? undefined : answer.body
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error
      setWrong(w('出链接需要网络；也可以由您代为填报。', 'Making a link needs the network; you can also enter it for them.'))
      return undefined
    }
  }
  const make = async () => setIssued((await ask('/api/self-links', { record, id })) as Issued | undefined)
  const revoke = async () => {
    if (issued && (await ask(`/api/self-links/${issued.id}/revoke`, {}))) setIssued(undefined)
  }
  return (
    <section className="card">
      {issued ? (
        <>
          <p className="label">{t(w('请本人用手机扫码填报', 'Let them scan it with their own phone'))}</p>
          <QrCode
            text={location.origin + issued.path}
            size={CODE_SIZE}
            label={t(w('本人申报链接的二维码', 'Code of the self-report link'))}
          />
          <p className="quiet">
            {t(w(`有效至 ${clock(issued.expiresAt, work.replica).zh}`, `Valid until ${clock(issued.expiresAt, work.replica).en}`))}
          </p>
          <button type="button" className="danger" onClick={() => void revoke()}>
            {t(w('收回链接', 'Revoke it'))}
          </button>
        </>
      ) : (
        <button type="button" onClick={() => void make()}>
          {t(
            record === 'person' ? w('本人申报二维码', 'Code for self-report') : w('全户申报二维码', 'Code for the household’s self-report'),
          )}
        </button>
      )}
      {wrong ? <Wrong>{t(wrong)}</Wrong> : null}
    </section>
  )
}
