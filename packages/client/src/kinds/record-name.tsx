import { type AnyRecord, calledBy, UNSEEN } from '@guatu/kernel'
import { Typography } from 'antd'
import { useName } from '../api/names.ts'
import { useSpeech } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

/** The name behind a reference, masked where it names a person; of what the reader may not see nothing is shown. */
export function RecordName({ of, id }: { readonly of: string; readonly id: string }) {
  const { t } = useSpeech()
  const { registry, reads } = usePlace()
  const may = reads(of)
  const { data, isPending } = useName(of, id, may)
  const def = registry.records.get(of)
  if (data) return def ? <TitleView def={def} value={data.name} /> : data.name
  const silent = may ? (isPending ? '…' : t(UNSEEN.outside)) : t(UNSEEN.hidden)
  return <Typography.Text type="secondary">{silent}</Typography.Text>
}

/** What a record is called: its title as it reads; where that points to another record, that one's name; the kind of record without one. */
export function TitleView({ def, value }: { readonly def: AnyRecord; readonly value: unknown }) {
  const { at } = usePlace()
  const called = calledBy(def, value, at)
  return typeof called === 'string' ? called : <RecordName of={called.of} id={called.id} />
}
