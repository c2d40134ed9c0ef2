import { FilterOutlined } from '@ant-design/icons'
import type { AnyRecord } from '@guatu/kernel'
import { Button, DatePicker, Flex, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import type { Filters } from '../api/queries.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { columnLabel } from './column-chooser.tsx'

/** Filters that are always in sight on a wide screen; one that is set never hides. */
const IN_SIGHT = 4

/** Words to find, choices to tick, days from and to: what a list can be narrowed by, from its definition. */
export function FilterBar({
  def,
  filters,
  onChange,
}: {
  readonly def: AnyRecord
  readonly filters: Filters
  onChange(next: Filters): void
}) {
  const { t } = useSpeech()
  const { units } = usePlace()
  const [shown, setShown] = useState(false)
  const [all, setAll] = useState(false)
  const [words, setWords] = useState(filters.q ?? '')
  useEffect(() => setWords(filters.q ?? ''), [filters.q])
  const set = (changes: Filters) => onChange({ ...filters, ...changes })
  const isSet = (name: string) => [name, `${name}.from`, `${name}.to`].some((key) => (filters[key] ?? '') !== '')
  const inSight = def.list.filters.filter((name, i) => all || i < IN_SIGHT || isSet(name))
  const more = def.list.filters.length - inSight.length
  return (
    <Flex gap={8} wrap role="search" className={shown ? 'filters' : 'filters filters-folded'}>
      <Input.Search
        allowClear
        value={words}
        placeholder={t(w('查找', 'Find'))}
        aria-label={t(w('查找', 'Find'))}
        onChange={(e) => setWords(e.target.value)}
        onSearch={(q) => set({ q })}
        style={{ width: 180 }}
      />
      <Button
        className="only-narrow"
        icon={<FilterOutlined />}
        aria-expanded={shown}
        onClick={() => {
          setShown(!shown)
          setAll(!shown)
        }}
      >
        {t(w('筛选', 'Filter'))}
      </Button>
      {inSight.map((name) => {
        const field = def.fields[name]
        const label = t(columnLabel(def, name))
        if (field?.kind === 'date') {
          const day = (bound: string) => (filters[`${name}.${bound}`] ? dayjs(filters[`${name}.${bound}`]) : null)
          return (
            <DatePicker.RangePicker
              key={name}
              allowEmpty={[true, true]}
              value={[day('from'), day('to')]}
              placeholder={[t({ zh: `${columnLabel(def, name).zh} 起`, en: columnLabel(def, name).en }), t(w('止', 'to'))]}
              onChange={(range) =>
                set({ [`${name}.from`]: range?.[0]?.format('YYYY-MM-DD') ?? '', [`${name}.to`]: range?.[1]?.format('YYYY-MM-DD') ?? '' })
              }
              style={{ width: 232 }}
            />
          )
        }
        const options =
          name === 'state'
            ? Object.entries(def.states).map(([value, one]) => ({ value, label: t(one) }))
            : field?.kind === 'unit'
              ? units.map((one) => ({ value: one.id, label: one.name }))
              : field?.kind === 'flag'
                ? // Chosen, a bare “yes” would not say to what.
                  [
                    { value: 'true', label: t(w(`${label}：是`, `${label}: yes`)) },
                    { value: 'false', label: t(w(`${label}：否`, `${label}: no`)) },
                  ]
                : Object.entries(field?.options ?? {}).map(([value, one]) => ({ value, label: t(one) }))
        if (options.length === 0) return null
        return (
          <Select
            key={name}
            mode="multiple"
            allowClear
            maxTagCount={1}
            aria-label={label}
            placeholder={label}
            options={options}
            value={filters[name] ? filters[name].split(',') : []}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            onChange={(next: string[]) => set({ [name]: next.join() })}
            style={{ minWidth: 120 }}
          />
        )
      })}
      {(more > 0 || all) && (
        <Button type="text" className="only-wide" aria-expanded={all} onClick={() => setAll(!all)}>
          {all
            ? t(w('收起筛选', 'Fewer filters'))
            : t({ zh: `更多筛选（${more}）`, en: more === 1 ? '1 more filter' : `${more} more filters` })}
        </Button>
      )}
    </Flex>
  )
}
