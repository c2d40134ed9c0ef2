import { useSpeech, w } from '@guatu/client/language'
import { QrCode } from '@guatu/client/qr-code'
import { passes } from '@guatu/domains'
import type { CarriedRow, Label } from '@guatu/kernel'
import { useEffect, useRef, useState } from 'react'
import { clock } from '../parts/words.ts'
import { Wrong } from '../parts/wrong.tsx'
import { useWork } from '../work.tsx'
import { codeOf, mayIssue, ordersOver } from './device-key.ts'

const CODE_SIZE = 300

/** The pass of a household: shown with its code where it has one, issued here where it has none. Neither needs a network. */
export function HouseholdPass({ household }: { readonly household: CarriedRow }) {
  const work = useWork()
  const { t } = useSpeech()
  const [issued, setIssued] = useState(false)
  const [closed, setClosed] = useState<passes.GateBook['orders']>()
  const { lastSync } = work.status
  useEffect(() => {
    void work.kept<passes.GateBook>('gate-book').then((book) => setClosed(book?.orders ?? []))
  }, [work, lastSync])
  const now = work.replica.clock.now().toString({ smallestUnit: 'millisecond' })
  const theirs = work.replica
    .all('pass')
    .filter(
      ({ state, fields }) =>
        fields.household === household.id && fields.kind === 'household' && state === 'issued' && String(fields.validTo) > now,
    )
  const termOf = ({ fields }: CarriedRow) => ({ from: String(fields.validFrom), to: String(fields.validTo), issued: true })
  const [pass] = passes.servingFirst(theirs, now, termOf)
  if (pass) return <Shown pass={pass} fresh={issued} />
  if (!mayIssue(work)) return null
  const watched = work.replica
    .all('watch')
    .some(
      (row) => row.fields.household === household.id && row.fields.kind === 'home' && (row.state === 'watching' || row.state === 'absent'),
    )
  if (watched)
    return (
      <p className="note">
        {t(
          w(
            '该户有人居家隔离，解除之前不发通行证；生活物资由包保人配送。',
            'Somebody of the household is isolated at home: no pass until release; supplies are brought.',
          ),
        )}
      </p>
    )
  // Nothing is offered before it is known what the orders close.
  if (closed === undefined) return null
  const orders = ordersOver(work.replica, household, closed)
  if (orders.length === 0)
    return <p className="quiet">{t(w('这里没有实施中的封控，不需要通行证。', 'No closing order is in force here, no pass is needed.'))}</p>
  return <Issue household={household} orders={orders} onIssued={() => setIssued(true)} />
}

/** @param fresh issued just now, on this page */
function Shown({ pass, fresh }: { readonly pass: CarriedRow; readonly fresh: boolean }) {
  const work = useWork()
  const { t } = useSpeech()
  const [code, setCode] = useState<string>()
  const [tried, setTried] = useState(false)
  useEffect(() => {
    void codeOf(work, pass).then((text) => {
      setCode(text)
      setTried(true)
    })
  }, [work, pass])
  const card = useRef<HTMLElement>(null)
  // The button that issued it is gone: whoever works by keys or by ear goes on from the pass.
  useEffect(() => {
    if (fresh) card.current?.focus()
  }, [fresh])
  const number = String(pass.fields.number)
  return (
    <section className="card pass" ref={card} tabIndex={-1} aria-label={t(w(`通行证 ${number}`, `Pass ${number}`))}>
      <p className="label">{t(w('通行证', 'Pass'))}</p>
      <strong className="number">{number}</strong>
      {code === undefined ? null : (
        <QrCode text={code} size={CODE_SIZE} label={t(w(`通行证 ${number} 的二维码`, `Code of pass ${number}`))} />
      )}
      {tried && code === undefined ? (
        <p className="note">
          {t(
            w(
              '本机还没有签发密钥，暂不能出二维码；卡口可按证号查验。联网同步一次后即可出码。',
              'This phone has no signing key yet, so there is no code; a gate can look the number up. Sync once with a network.',
            ),
          )}
        </p>
      ) : null}
      <p>
        {t(
          w(
            `有效至 ${clock(String(pass.fields.validTo), work.replica).zh}`,
            `Valid until ${clock(String(pass.fields.validTo), work.replica).en}`,
          ),
        )}
      </p>
    </section>
  )
}

function Issue({
  household,
  orders,
  onIssued,
}: {
  readonly household: CarriedRow
  readonly orders: readonly CarriedRow[]
  onIssued(): void
}) {
  const work = useWork()
  const { t } = useSpeech()
  const [order, setOrder] = useState(orders.length === 1 ? orders[0]?.id : undefined)
  const [wrong, setWrong] = useState<Label>()
  const issue = async () => {
    const { replica } = work
    const end = Temporal.Instant.from(String(orders.find((one) => one.id === order)?.fields.end))
    const from = replica.clock.now()
    const day = from.toZonedDateTimeISO(replica.clock.zone).toPlainDate().toString()
    const days = replica.parameters(day)<number>('closures.pass.days')
    const latest = from.add({ hours: 24 * days })
    const input = {
      closure: order,
      kind: 'household',
      household: household.id,
      validFrom: from.toString({ smallestUnit: 'millisecond' }),
      validTo: (Temporal.Instant.compare(latest, end) < 0 ? latest : end).toString({ smallestUnit: 'millisecond' }),
    }
    const done = await work.act([{ record: 'pass', id: crypto.randomUUID(), action: 'issue', area: household.area, input }])
    setWrong(done.ok ? undefined : done.problem.message)
    if (done.ok) onIssued()
  }
  return (
    <section className="card">
      <p className="label">{t(w('发通行证，依据的封控决定', 'Issue a pass under the order'))}</p>
      <div className="chips">
        {orders.map((one) => (
          <button type="button" key={one.id} aria-pressed={order === one.id} onClick={() => setOrder(one.id)}>
            {String(one.fields.title ?? '')}
          </button>
        ))}
      </div>
      {wrong ? <Wrong>{t(wrong)}</Wrong> : null}
      <button type="button" className="main" disabled={order === undefined} onClick={() => void issue()}>
        {t(w('发证', 'Issue the pass'))}
      </button>
    </section>
  )
}
