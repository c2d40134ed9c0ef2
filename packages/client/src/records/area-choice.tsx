import { type AnyRecord, enteredAnywhere, type Field, isWider, type Label, type RecordLevel } from '@guatu/kernel'
import { Alert, Form, type FormInstance, Select } from 'antd'
import { useCallback, useMemo, useRef } from 'react'
import { call } from '../api/client.ts'
import type { AreaNode, Row } from '../api/types.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { liesIn } from '../shell/way-up.ts'

const deepEnough = (level: RecordLevel, area: AreaNode | undefined) => area !== undefined && !isWider(area.level, level)
/** Down to where a place is asked for: the own one of whoever enters is none of a record that belongs to a village. */
const askedAt = (def: AnyRecord): RecordLevel => def.entered?.at ?? def.at

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
    const places = [...areas.values()].filter((one) => one.level !== 'unit' && deepEnough(enteredAnywhere(def), one) && inside(one))
    const own = deepEnough(askedAt(def), home) ? home?.id : undefined
    const [only, second] = places
    return { places, usual: own ?? (second ? undefined : only?.id), choose: own === undefined && second !== undefined }
  }, [areas, home, me, def, action])
}

/**
 * What a form names says where it stands as long as nobody chose: a person, or a household, is in its village.
 * @returns told of what was entered
 */
export function usePlaceNamed(def: AnyRecord, form: FormInstance, places: readonly AreaNode[]) {
  const { registry } = usePlace()
  const asked = useRef<string>(undefined)
  return useCallback(
    async (entered: Readonly<Record<string, unknown>>): Promise<void> => {
      const keptIn = ({ kind, of }: Field): string | undefined => {
        const named = kind === 'person' ? 'person' : kind === 'record' ? of : undefined
        const at = named === undefined ? undefined : registry.records.get(named)?.at
        return at !== undefined && !isWider(at, askedAt(def)) ? named : undefined
      }
      for (const [name, id] of Object.entries(entered)) {
        const field = def.fields[name]
        const record = field && keptIn(field)
        if (record === undefined || typeof id !== 'string' || id === '') continue
        asked.current = id
        try {
          const { area } = await call<Row>(`/api/${record}/${id}`)
          const free = asked.current === id && !form.isFieldTouched('area')
          if (free && places.some((one) => one.id === area)) form.setFieldValue('area', area)
        } catch {
          // Who may not be read is asked about: the place stays to be chosen.
        }
      }
    },
    [def, form, places, registry],
  )
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
  const { areas } = usePlace()
  // Out of a town nothing goes but into a village.
  const others = places.filter(({ id, level }) => id !== from && (level !== 'town' || areas.get(from)?.level !== 'town'))
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
