import { CloseOutlined } from '@ant-design/icons'
import type { Label } from '@guatu/kernel'
import { App, Button, Flex, Input, Space } from 'antd'
import { useState } from 'react'
import { type Filters, newId } from '../api/queries.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { Choice } from './choice.tsx'
import { useKeep, usePreferences } from './preference.ts'

/** A named set of filters; shipped ones come with the screen, a person's own with their account. */
export interface Preset {
  readonly key: string
  readonly label: Label
  readonly filters: Filters
}

interface Saved {
  readonly name: string
  readonly filters: Filters
}

const isSaved = (value: unknown): value is Saved =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'filters' in value &&
  typeof value.filters === 'object' &&
  value.filters !== null

/** The own filters of a list: each is kept by itself, so that what another browser saved meanwhile stays. */
function useSaved(list: string) {
  const { data = {} } = usePreferences()
  const keep = useKeep()
  const of = `filter.${list}.`
  const saved = Object.entries(data).flatMap(([key, value]) => (key.startsWith(of) && isSaved(value) ? [{ key, ...value }] : []))
  return {
    saved,
    save: (one: Saved) => keep(saved.find(({ name }) => name === one.name)?.key ?? `${of}${newId()}`, one),
    drop: (key: string) => keep(key, null),
  }
}

/** Named filters in a row: one press shows them, "save" keeps the present ones under a name. */
export function FilterTabs({
  name,
  presets,
  active,
  filters,
  onChoose,
}: {
  /** Of the list, under which the own filters are kept. */
  readonly name: string
  readonly presets: readonly Preset[]
  readonly active: string | undefined
  /** What is set now, to be saved. */
  readonly filters: Filters
  onChoose(key: string, filters: Filters): void
}) {
  const { t } = useSpeech()
  const { modal } = App.useApp()
  const { saved, save, drop: letGo } = useSaved(name)
  const [naming, setNaming] = useState<string>()
  const own = (one: Saved) => `own:${one.name}`
  const keep = () => {
    const title = naming?.trim() ?? ''
    if (title === '') return
    save({ name: title, filters })
    setNaming(undefined)
    onChoose(`own:${title}`, filters)
  }
  const drop = (gone: Saved & { readonly key: string }) =>
    modal.confirm({
      title: t(w('删除这个筛选？', 'Remove this filter?')),
      content: gone.name,
      onOk: () => letGo(gone.key),
    })
  return (
    <Flex gap={4} align="center" className="filter-tabs" role="group" aria-label={t(w('筛选', 'Filters'))}>
      {presets.map((one) => (
        <Choice key={one.key} chosen={active === one.key} onChoose={() => onChoose(one.key, one.filters)}>
          {t(one.label)}
        </Choice>
      ))}
      {saved.map((one) => (
        <Space.Compact key={own(one)}>
          <Choice chosen={active === own(one)} onChoose={() => onChoose(own(one), one.filters)}>
            {one.name}
          </Choice>
          <Button
            size="small"
            icon={<CloseOutlined />}
            aria-label={t({ zh: `删除筛选“${one.name}”`, en: `Remove the filter “${one.name}”` })}
            onClick={() => drop(one)}
          />
        </Space.Compact>
      ))}
      {naming === undefined ? (
        <Button size="small" type="text" onClick={() => setNaming('')}>
          {t(w('保存筛选', 'Save filter'))}
        </Button>
      ) : (
        <Flex gap={4}>
          <Input
            size="small"
            autoFocus
            maxLength={20}
            value={naming}
            placeholder={t(w('名称', 'Name'))}
            aria-label={t(w('筛选名称', 'Name of the filter'))}
            onChange={(e) => setNaming(e.target.value)}
            onPressEnter={keep}
            onKeyDown={(e) => e.key === 'Escape' && setNaming(undefined)}
            style={{ width: 120 }}
          />
          <Button size="small" type="primary" onClick={keep}>
            {t(w('保存', 'Save'))}
          </Button>
        </Flex>
      )}
    </Flex>
  )
}
