import { SettingOutlined } from '@ant-design/icons'
import type { AnyRecord } from '@guatu/kernel'
import { Button, Checkbox, Flex, Popover } from 'antd'
import { useSpeech, w } from '../shell/language.tsx'

export const columnLabel = (def: AnyRecord, name: string) =>
  name === 'state' ? w('状态', 'State') : name === 'area' ? w('区划', 'Area') : (def.fields[name]?.label ?? w(name, name))

/** Which columns a list shows, in the order of the definition; remembered by the browser. */
export function ColumnChooser({
  def,
  all,
  chosen,
  onChange,
  onReset,
}: {
  readonly def: AnyRecord
  readonly all: readonly string[]
  readonly chosen: readonly string[]
  onChange(next: readonly string[]): void
  onReset(): void
}) {
  const { t } = useSpeech()
  const content = (
    <Flex vertical gap={8} style={{ maxHeight: '60vh', overflow: 'auto', minWidth: 180 }}>
      <Checkbox.Group
        value={[...chosen]}
        onChange={(next) => onChange(all.filter((name) => next.includes(name)))}
        options={all.map((name) => ({ value: name, label: t(columnLabel(def, name)) }))}
        className="column-choices"
      />
      <Button size="small" onClick={onReset}>
        {t(w('恢复默认', 'Reset'))}
      </Button>
    </Flex>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={content} title={t(w('显示列', 'Columns'))}>
      <Button icon={<SettingOutlined />} aria-label={t(w('选择显示列', 'Choose columns'))}>
        <span className="only-wide">{t(w('列', 'Columns'))}</span>
      </Button>
    </Popover>
  )
}
