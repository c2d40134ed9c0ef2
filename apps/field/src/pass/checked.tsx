import { verifyEd25519 } from '@guatu/client/ed25519'
import { useSpeech, w } from '@guatu/client/language'
import { passes } from '@guatu/domains'
import { counted, dayWords } from '@guatu/kernel'
import { useEffect, useState } from 'react'
import { clock } from '../parts/words.ts'
import { useWork } from '../work.tsx'

/** A pass that somebody shows: genuine or not, good or not, by the book of this phone; no network is asked. */
export function CheckedPass({ code }: { readonly code: string }) {
  const work = useWork()
  const { t } = useSpeech()
  const [direction, setDirection] = useState<'out' | 'in'>('out')
  const [found, setFound] = useState<{ readonly verdict: passes.Verdict; readonly asOf: string } | 'no-book'>()
  const signed = passes.readTicket(code)
  useEffect(() => {
    const check = async () => {
      const book = await work.kept<passes.GateBook>('gate-book')
      if (!book) return setFound('no-book')
      const now = work.replica.clock.now().toString({ smallestUnit: 'millisecond' })
      const verdict = await passes.checkTicket(passes.readTicket(code), book, verifyEd25519, { now, direction, exits: [] })
      setFound({ verdict, asOf: book.asOf })
    }
    void check()
  }, [work, code, direction])
  if (found === undefined) return null
  if (found === 'no-book')
    return (
      <p className="note">
        {t(w('本机还没有查验数据，请联网同步一次。', 'This phone carries no data to check passes; sync once with a network.'))}
      </p>
    )
  const { verdict, asOf } = found
  return (
    <section className={`card verdict ${verdict.ok ? 'go' : 'stop'}`} aria-live="assertive">
      <div className="chips">
        {(['out', 'in'] as const).map((one) => (
          <button type="button" key={one} aria-pressed={direction === one} onClick={() => setDirection(one)}>
            {t(one === 'out' ? w('出', 'Out') : w('进', 'In'))}
          </button>
        ))}
      </div>
      <p className="word">
        {verdict.ok ? '✓ ' : '✕ '}
        {t(verdict.why)}
      </p>
      {signed ? <p className="number">{signed.ticket.pass}</p> : null}
      {signed && signed.ticket.tail !== '' ? (
        <p>{t(w(`车牌尾号 ${signed.ticket.tail}，请与车辆核对`, `Plate ends in ${signed.ticket.tail}: compare the vehicle`))}</p>
      ) : null}
      {verdict.left === undefined ? null : (
        <p>{t(w(`本周期还可出行${verdict.left}人次`, `${counted(verdict.left, 'outing')} left in this period`))}</p>
      )}
      {verdict.next === undefined ? null : (
        <p>{t(w(`下次可出行：${dayWords(verdict.next).zh}`, `Next outing: ${dayWords(verdict.next).en}`))}</p>
      )}
      <p className="quiet">
        {t(w(`按 ${clock(asOf, work.replica).zh} 的数据离线查验`, `Checked on this phone, by the data of ${clock(asOf, work.replica).en}`))}
      </p>
    </section>
  )
}
