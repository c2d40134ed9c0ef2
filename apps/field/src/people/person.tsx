import { useSpeech, w } from '@guatu/client/language'
import { type CarriedRow, dayWords } from '@guatu/kernel'
import { nameOf, townOf } from '../parts/words.ts'
import { HouseholdPass } from '../pass/pass.tsx'
import { useWork } from '../work.tsx'
import { SelfLink } from './self-link.tsx'

/** Somebody of the register, named no further than a surname and a town, and what a worker can do for them at the door. */
export function PersonCard({ row }: { readonly row: CarriedRow }) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const { replica } = work
  const watch = replica
    .all('watch')
    .find(
      (one) => (one.state === 'watching' || one.state === 'absent') && replica.stays('person', String(one.fields.person))?.id === row.id,
    )
  const until = typeof watch?.fields.until === 'string' ? dayWords(watch.fields.until) : undefined
  const household = replica.get('household', String(row.fields.household ?? ''))
  const def = replica.registry.records.get('watch')
  return (
    <>
      <div className="card">
        <strong>
          {nameOf(replica, row, 'person', lang)} · {townOf(replica, row.area)}
        </strong>
        <p className="quiet">{String(household?.fields.door ?? '')}</p>
        {watch ? (
          <p>
            <span className="tag warn">▲ {t(def?.states[watch.state] ?? w('', ''))}</span>{' '}
            {until ? t(w(`至${until.zh}`, `until ${until.en}`)) : null}
          </p>
        ) : (
          <p>
            <span className="tag good">● {t(w('未在观察', 'Not under observation'))}</span>
          </p>
        )}
      </div>
      {household ? <HouseholdPass household={household} /> : null}
      <SelfLink record="person" id={row.id} />
      {household ? <SelfLink record="household" id={household.id} /> : null}
    </>
  )
}
