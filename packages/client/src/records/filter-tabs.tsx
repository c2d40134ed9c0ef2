import type { Label } from '@guatu/kernel'
import { App, Button, Flex, Input, Tabs } from 'antd'
import { useState } from 'react'
import type { Filters } from '../api/queries.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { useRemembered } from './remembered.ts'

/** A named set of filters; shipped ones come with the screen, a person's own are remembered. */
export interface Preset {
  readonly key: string
  readonly label: Label
  readonly filters: Filters
}

interface Saved {
  readonly name: string
  readonly filters: Filters
}

const isSaved = (value: unknown): value is readonly Saved[] =>
  Array.isArray(value) && value.every((one) => typeof one?.name === 'string' && typeof one?.filters === 'object' && one.filters !== null)

/** Filters as tabs: one press shows them, "save" keeps the present ones under a name. */
export function FilterTabs({
  name,
  presets,
  active,
  filters,
  onChoose,
}: {
  /** Under which the own tabs are remembered. */
  readonly name: string
  readonly presets: readonly Preset[]
  readonly active: string | undefined
  /** What is set now, to be saved. */
  readonly filters: Filters
  onChoose(key: string, filters: Filters): void
}) {
  const { t } = useSpeech()
  const { modal } = App.useApp()
  const [saved, setSaved] = useRemembered<readonly Saved[]>(`tabs.${name}`, [], isSaved)
  const [naming, setNaming] = useState<string>()
  const own = (one: Saved) => `own:${one.name}`
  const items = [
    ...presets.map((one) => ({ key: one.key, label: t(one.label), closable: false })),
    ...saved.map((one) => ({ key: own(one), label: one.name, closable: true })),
  ]
  const choose = (key: string) => {
    const found = presets.find((one) => one.key === key) ?? saved.find((one) => own(one) === key)
    if (found) onChoose(key, found.filters)
  }
  const keep = () => {
    const title = naming?.trim() ?? ''
    if (title === '') return
    setSaved([...saved.filter((one) => one.name !== title), { name: title, filters }])
    setNaming(undefined)
    onChoose(`own:${title}`, filters)
  }
  const drop = (key: string) =>
    modal.confirm({
      title: t(w('删除这个筛选？', 'Remove this filter?')),
      content: key.replace(/^own:/, ''),
      onOk: () => setSaved(saved.filter((one) => own(one) !== key)),
    })
  return (
    <Tabs
      type="editable-card"
      size="small"
      hideAdd
      className="filter-tabs"
      {...(active === undefined ? {} : { activeKey: active })}
      items={items}
      onTabClick={choose}
      onEdit={(key, action) => action === 'remove' && typeof key === 'string' && void drop(key)}
      tabBarExtraContent={
        naming === undefined ? (
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
        )
      }
    />
  )
}
