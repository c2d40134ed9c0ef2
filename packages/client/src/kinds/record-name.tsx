import { Typography } from 'antd'
import { useName } from '../api/names.ts'
import { useSpeech, w } from '../shell/language.tsx'

/** The name behind a reference, masked where it names a person; of what the reader may not see nothing is shown. */
export function RecordName({ of, id }: { readonly of: string; readonly id: string }) {
  const { t } = useSpeech()
  const { data, isPending } = useName(of, id)
  if (data) return <>{data.name}</>
  return <Typography.Text type="secondary">{isPending ? '…' : t(w('管辖外', 'outside jurisdiction'))}</Typography.Text>
}
