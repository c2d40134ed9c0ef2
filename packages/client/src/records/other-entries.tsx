import { Tag } from 'antd'
import { useOtherEntries } from '../api/names.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

/** Beside an entry that was merged across villages: where the one that stays is, and where else it is entered and held. Nothing beside any other. */
export function OtherEntries({ of, id, area }: { readonly of: string; readonly id: string; readonly area: string }) {
  const { t } = useSpeech()
  const { registry, named, reads } = usePlace()
  const def = registry.records.get(of)
  const { data } = useOtherEntries(of, id, reads(of) && def?.survivor !== undefined)
  const signs = (data ?? []).flatMap(({ area: there, stays, held }) => {
    const at = held.filter((one) => one.area !== area)
    const what = at.map(({ record, area: where }) => {
      const label = registry.records.get(record)?.label
      if (label === undefined || where === there) return label ? t(label) : ''
      return t(w(`${label.zh}在${named(where)}`, `${label.en} in ${named(where)}`))
    })
    const beside = what.length > 0 ? t(w(`（${what.join('、')}）`, ` (${what.join(', ')})`)) : ''
    if (there === area && at.length === 0) return []
    return stays
      ? [t(w(`已并入，现住${named(there)}${beside}`, `merged, lives in ${named(there)}${beside}`))]
      : [t(w(`另在${named(there)}登记${beside}`, `also entered in ${named(there)}${beside}`))]
  })
  if (signs.length === 0) return null
  return (
    <div className="other-entries">
      {signs.map((sign) => (
        <Tag key={sign} color="gold">
          {sign}
        </Tag>
      ))}
    </div>
  )
}
