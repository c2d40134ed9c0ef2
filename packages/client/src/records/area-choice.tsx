import type { AnyRecord } from '@guatu/kernel'
import { Form, Select } from 'antd'
import { useMemo } from 'react'
import type { AreaNode } from '../api/types.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

const DEPTHS: readonly string[] = ['province', 'city', 'county', 'town', 'village', 'grid', 'building']
const deepEnough = (def: AnyRecord, area: AreaNode | undefined) =>
  area !== undefined && DEPTHS.indexOf(area.level) >= DEPTHS.indexOf(def.at)

/**
 * Where a new record of this kind may stand for this person: the usual place without asking when the own area is deep enough, else a
 * choice among the areas of the grants that permit the act.
 */
export function usePlaces(def: AnyRecord, action: string): { places: readonly AreaNode[]; usual: string | undefined; choose: boolean } {
  const { areas, home, me } = usePlace()
  return useMemo(() => {
    const by = def.actions[action]?.by ?? {}
    const granted = new Set(me.grants.filter((grant) => by[grant.role] === 'area').map((grant) => grant.area))
    const everywhere = me.grants.some((grant) => by[grant.role] === 'all' || by[grant.role] === 'unit')
    const inside = (area: AreaNode): boolean => {
      for (let at: AreaNode | undefined = area; at; at = at.parent === null ? undefined : areas.get(at.parent))
        if (granted.has(at.id)) return true
      return false
    }
    const places = [...areas.values()].filter((one) => one.level !== 'unit' && deepEnough(def, one) && (everywhere || inside(one)))
    const own = deepEnough(def, home) ? home?.id : undefined
    const [only, second] = places
    return { places, usual: own ?? (second ? undefined : only?.id), choose: own === undefined && second !== undefined }
  }, [areas, home, me, def, action])
}

interface Choosing {
  readonly places: readonly AreaNode[]
  readonly id?: string
  readonly value?: string | undefined
  onChange?(area: string | undefined): void
}

/** A place by its name, its code or the town it lies in. */
export function AreaSelect({ places, id, value, onChange }: Choosing) {
  const { areas } = usePlace()
  const options = useMemo(() => {
    const above = (one: AreaNode) => (one.parent === null ? '' : (areas.get(one.parent)?.name ?? ''))
    return places.map((one) => ({ value: one.id, label: `${one.name}  ${above(one)}`, code: one.code ?? '' }))
  }, [places, areas])
  return (
    <Select
      id={id ?? ''}
      value={value ?? null}
      options={options}
      virtual
      allowClear
      showSearch={{ filterOption: (typed, option) => `${option?.label} ${option?.code}`.toLowerCase().includes(typed.toLowerCase()) }}
      onChange={(next) => onChange?.(next ?? undefined)}
      style={{ width: '100%' }}
    />
  )
}

/** The same outside a form, with its label. */
export function AreaChoice({ label, ...choosing }: Choosing & { readonly label: string }) {
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={label} htmlFor="import-area" style={{ marginBottom: 0 }}>
        <AreaSelect {...choosing} id="import-area" />
      </Form.Item>
    </Form>
  )
}

/** The first question of a form for a new record, where the own area does not answer it. */
export function AreaItem({ places }: { readonly places: readonly AreaNode[] }) {
  const { t } = useSpeech()
  const label = w('所在区划', 'Area')
  return (
    <Form.Item name="area" label={t(label)} required rules={[{ required: true, message: t(w('请选择所在区划', 'Choose the area')) }]}>
      <AreaSelect places={places} />
    </Form.Item>
  )
}
