import { type AnyRecord, enteredAt, isWider } from '@guatu/kernel'
import { Alert } from 'antd'
import type { Row } from '../api/types.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

/** Does a record stand in a wider area than one that is entered may, as those do that an earlier version entered at a town? */
export function useStandsWide(def: AnyRecord, row: Pick<Row, 'area' | 'fields'>): boolean {
  const { areas } = usePlace()
  const level = areas.get(row.area)?.level
  return level !== undefined && level !== 'unit' && isWider(level, enteredAt(def, row.fields))
}

/** Says so, and what it means for those of the villages. */
export function StandsWide({ def, row }: { readonly def: AnyRecord; readonly row: Row }) {
  const { t } = useSpeech()
  const { named } = usePlace()
  if (!useStandsWide(def, row)) return null
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t(
        w(
          `登记在${named(row.area)}，未落到村（社区），村里的网格员看不到；请用“调整管辖区划”落到所在村（社区）。`,
          `This stands at ${named(row.area)} and in no village, so nobody in the village sees it: move it to the village with “Move to another area”.`,
        ),
      )}
    />
  )
}
