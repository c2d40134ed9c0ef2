import type { AnyRecord } from '@guatu/kernel'
import { Typography } from 'antd'
import { useName } from '../api/names.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

/** The name behind a reference, masked where it names a person; of what the reader may not see nothing is shown. */
export function RecordName({ of, id }: { readonly of: string; readonly id: string }) {
  const { t } = useSpeech()
  const { registry, reads } = usePlace()
  const may = reads(of)
  const { data, isPending } = useName(of, id, may)
  const def = registry.records.get(of)
  if (data) return def ? <TitleView def={def} value={data.name} /> : data.name
  const silent = may ? (isPending ? '…' : t(w('管辖外', 'outside jurisdiction'))) : t(w('不显示', 'not shown'))
  return <Typography.Text type="secondary">{silent}</Typography.Text>
}

/** What a record is called: its title as it reads; where that points to another record, that one's name; the kind of record without one. */
export function TitleView({ def, value }: { readonly def: AnyRecord; readonly value: unknown }) {
  const { t } = useSpeech()
  const { at } = usePlace()
  const field = def.fields[def.title]
  if (!field || value === undefined || value === null || value === '') return t(def.label)
  const written = String(value)
  if (field.sensitive) return written
  const of = field.kind === 'person' ? 'person' : field.kind === 'record' ? field.of : undefined
  if (of !== undefined) return <RecordName of={of} id={written} />
  // A name that came over the wire is text: it reads as its kind where that is kept as text too.
  const kept = field.schema.safeParse(value)
  return kept.success ? field.view(kept.data, at) : written
}
