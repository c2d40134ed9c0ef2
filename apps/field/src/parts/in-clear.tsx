import { useSpeech, w } from '@guatu/client/language'
import { NoNetwork, problemIn } from '@guatu/client/offline'
import { type CarriedRow, type Label, readable } from '@guatu/kernel'
import { useState } from 'react'
import { useWork } from '../work.tsx'
import { Wrong } from './wrong.tsx'

/**
 * Name, telephone and address of somebody whom a worker has to look for: asked of the server with a purpose that is logged, shown as long
 * as this line is open, and kept nowhere on the phone.
 */
export function InClear({ record, id }: { readonly record: string; readonly id: string }) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const [row, setRow] = useState<CarriedRow>()
  const [wrong, setWrong] = useState<Label>()
  const def = work.replica.registry.records.get(record)
  const show = async () => {
    try {
      const purpose = t(w(`上门：${def?.label.zh ?? ''}`, `At the door: ${def?.label.en ?? ''}`))
      const answer = await work.ask(`/api/${record}/${id}/reveal`, { purpose })
      const problem = problemIn(answer)
      setWrong(problem?.message)
      if (!problem) setRow(answer.body as CarriedRow)
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error
      setWrong(
        w(
          '查看姓名、电话和地址需要网络，请在有信号时先查看。',
          'Names, phones and addresses need the network: look while there is a signal.',
        ),
      )
    }
  }
  const named = Object.entries(def?.fields ?? {}).filter(([name, field]) => field.sensitive && typeof row?.fields[name] === 'string')
  return (
    <section className="card">
      {row ? (
        <dl>
          {named.map(([name, field]) => (
            <div key={name}>
              <dt>{t(field.label)}</dt>
              <dd>
                {field.kind === 'phone' || name === 'phone' ? (
                  <a href={`tel:${String(row.fields[name])}`}>{String(row.fields[name])}</a>
                ) : (
                  readable(String(row.fields[name]), lang)
                )}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <>
          <button type="button" onClick={() => void show()}>
            {t(w('查看姓名、电话和地址', 'Show name, phone and address'))}
          </button>
          <p className="quiet">{t(w('查看会记录您的姓名、时间和目的。', 'Your name, the time and the purpose are recorded.'))}</p>
        </>
      )}
      {wrong ? <Wrong>{t(wrong)}</Wrong> : null}
    </section>
  )
}
