import type { AnyRecord, Label } from '@guatu/kernel'
import { Alert, Form, Select } from 'antd'
import { useMemo } from 'react'
import type { AreaNode } from '../api/types.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { liesIn } from '../shell/way-up.ts'

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
    const inside = (area: AreaNode) => everywhere || liesIn(areas, area.id, granted)
    const places = [...areas.values()].filter((one) => one.level !== 'unit' && deepEnough(def, one) && inside(one))
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
export function AreaItem({ places, label = w('所在区划', 'Area') }: { readonly places: readonly AreaNode[]; readonly label?: Label }) {
  const { t } = useSpeech()
  return (
    <Form.Item
      name="area"
      label={t(label)}
      required
      rules={[{ required: true, message: t({ zh: `请选择${label.zh}`, en: `Choose: ${label.en}` }) }]}
    >
      <AreaSelect places={places} />
    </Form.Item>
  )
}

/** Where a record moves to: among the areas that this person answers for, other than where it stands. */
export function MoveItem({ def, action, from }: { readonly def: AnyRecord; readonly action: string; readonly from: string }) {
  const { t } = useSpeech()
  const { places } = usePlaces(def, action)
  const others = places.filter(({ id }) => id !== from)
  const along = w(
    '隔离观察、未核实的申报、待办的走访、需求和转诊随同迁移，由迁入地接手；已办结的留在原地。迁入地的户，迁移后用“迁入另一户”选定。跨出本辖区的迁移由上一级办理。',
    'Observation, unconfirmed declarations, open visits, needs and transfers go along and are taken over there; what is done stays. Choose the household there afterwards. A move out of your jurisdiction is made by the level above.',
  )
  return (
    <>
      <Alert type="info" showIcon title={t(along)} style={{ marginBottom: 16 }} />
      <AreaItem places={others} label={w('迁往', 'Moves to')} />
    </>
  )
}
