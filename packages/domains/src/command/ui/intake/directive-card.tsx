import { DeleteOutlined, MergeCellsOutlined, ScissorOutlined, UndoOutlined } from '@ant-design/icons'
import { type Row, usePlace, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Button, Checkbox, DatePicker, Flex, Input, Select, Tag, Tooltip } from 'antd'
import dayjs from 'dayjs'
import { memo, useMemo, useState } from 'react'
import { DOMAINS, suggestUnits } from '../../communique/index.ts'
import { DirectiveFacts } from './directive-facts.tsx'
import { hueOf } from './hues.ts'
import { IndicatorSelect } from './indicator-select.tsx'

interface Props {
  readonly row: Row
  readonly number: number
  readonly active: boolean
  readonly editable: boolean
  readonly missing: boolean
  onActive(): void
  onChange(input: Readonly<Record<string, unknown>>): void
  onSplit(): void
  onJoin(): void
  onDrop(): void
  onRestore(): void
}

/** One directive as a card: everything that the register needs, each changed in place. */
export const DirectiveCard = memo(function DirectiveCard(props: Props) {
  const { row, number, active, editable, missing, onActive, onChange } = props
  const { t } = useSpeech()
  const { units, named } = usePlace()
  const f = row.fields
  const [action, setAction] = useState<string>()
  const dropped = row.state === 'dropped'
  const unitOptions = units.map((unit) => ({ value: unit.id, label: unit.name }))
  const conditions = Array.isArray(f.conditions) ? (f.conditions as string[]) : []
  const absent = useAbsent(row)
  const why = Array.isArray(f.why) ? (f.why as string[]) : []
  if (!editable)
    return (
      <section
        id={`card-${row.id}`}
        data-card={row.id}
        className={`card ${active ? 'card-active' : ''}`}
        style={{ borderLeftColor: hueOf(String(f.domain)) }}
        onMouseEnter={onActive}
        aria-label={`${number}`}
      >
        <Flex gap={8} align="baseline">
          <Link to={`/records/directive/${row.id}`}>{number}</Link>
          <DirectiveFacts row={row} />
        </Flex>
      </section>
    )
  return (
    <section
      id={`card-${row.id}`}
      data-card={row.id}
      className={`card ${active ? 'card-active' : ''} ${dropped ? 'card-dropped' : ''} ${missing ? 'card-missing' : ''}`}
      style={{ borderLeftColor: hueOf(String(f.domain)) }}
      onFocus={onActive}
      onMouseEnter={onActive}
      aria-label={`${number}`}
    >
      <Flex justify="space-between" gap={8}>
        <Flex gap={6} wrap align="center" style={{ minWidth: 0 }}>
          <strong>{number}</strong>
          <Select
            size="small"
            variant="filled"
            aria-label={t(w('领域', 'Domain'))}
            value={String(f.domain)}
            disabled={dropped}
            options={DOMAINS.map((one) => ({ value: one.code, label: t(one) }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(domain) => onChange({ domain })}
            style={{ minWidth: 130 }}
          />
          {f.soft === true && <Tag>{t(w('原则性', 'Soft'))}</Tag>}
          {f.prohibition === true && <Tag color="red">{t(w('禁止', 'Prohibition'))}</Tag>}
          {f.unsure === true && <Tag color="orange">{t(w('待核', 'Unsure'))}</Tag>}
          {f.deadline !== undefined && <Tag color="gold">{t({ zh: `时限原文：${f.deadline}`, en: `deadline: ${f.deadline}` })}</Tag>}
          {f.urgency !== undefined && <Tag color="volcano">{String(f.urgency)}</Tag>}
          {f.addressee !== undefined && <Tag color="geekblue">{String(f.addressee)}</Tag>}
          {absent !== null && (
            <Tag color="orange" style={{ whiteSpace: 'normal' }}>
              {t(absent)}
            </Tag>
          )}
        </Flex>
        <Flex gap={2}>
          {dropped ? (
            <Button size="small" icon={<UndoOutlined />} onClick={props.onRestore}>
              {t(w('恢复', 'Restore'))}
            </Button>
          ) : (
            <>
              <Key title={t(w('在光标处拆分（S）', 'Split at the cursor (S)'))} icon={<ScissorOutlined />} onClick={props.onSplit} />
              <Key title={t(w('与下一条合并（M）', 'Join with the next (M)'))} icon={<MergeCellsOutlined />} onClick={props.onJoin} />
              <Key title={t(w('不采用（X）', 'Drop (X)'))} icon={<DeleteOutlined />} onClick={props.onDrop} />
            </>
          )}
        </Flex>
      </Flex>
      {!dropped && (
        <Flex vertical gap={6} style={{ marginTop: 6 }}>
          <Input.TextArea
            size="small"
            autoSize
            aria-label={t(w('事项', 'Action'))}
            value={action ?? String(f.action)}
            onChange={(e) => setAction(e.target.value)}
            onBlur={() => {
              if (action !== undefined && action.trim() !== '' && action !== f.action) onChange({ action })
              setAction(undefined)
            }}
            onKeyDown={(e) => e.key === 'Escape' && e.currentTarget.blur()}
          />
          {conditions.length > 0 && <div className="card-note">{t(w('条件：', 'Conditions: ')) + conditions.join(t(w('；', '; ')))}</div>}
          {f.soft !== true && (
            <Flex gap={6} wrap>
              <Select
                size="small"
                aria-label={t(w('牵头单位', 'Lead unit'))}
                placeholder={t(w('牵头单位', 'Lead unit'))}
                status={f.lead === undefined ? 'warning' : ''}
                value={f.lead === undefined ? null : String(f.lead)}
                options={unitOptions}
                labelRender={({ value }) => named(value)}
                showSearch={{ optionFilterProp: 'label' }}
                onChange={(lead) => onChange({ lead })}
                style={{ flex: 1, minWidth: 150 }}
              />
              <DatePicker
                size="small"
                aria-label={t(w('时限', 'Due'))}
                placeholder={t(w('时限', 'Due'))}
                status={f.due === undefined ? 'warning' : ''}
                value={f.due === undefined ? null : dayjs(String(f.due))}
                onChange={(next) => onChange({ due: next?.format('YYYY-MM-DD') ?? null })}
                style={{ width: 124 }}
              />
              <Select
                size="small"
                mode="multiple"
                maxTagCount={2}
                aria-label={t(w('协办单位', 'Assisting units'))}
                placeholder={t(w('协办单位', 'Assisting units'))}
                value={Array.isArray(f.assisting) ? f.assisting.map(String) : []}
                options={unitOptions}
                labelRender={({ value }) => named(value)}
                showSearch={{ optionFilterProp: 'label' }}
                onChange={(assisting: string[]) => onChange({ assisting: assisting.length > 0 ? assisting : null })}
                style={{ flex: 2, minWidth: 180 }}
              />
              <IndicatorSelect value={f.indicators} onChange={(indicators) => onChange({ indicators })} />
            </Flex>
          )}
          {active && (
            <Flex gap={8} justify="space-between" align="start">
              <Tooltip
                title={why.map((one) => t({ zh: one.split(' | ')[0] ?? one, en: one.split(' | ')[1] ?? one })).join(t(w('；', '; ')))}
                trigger={['hover', 'focus', 'click']}
              >
                <Button size="small" type="link" style={{ padding: 0 }}>
                  {t(w('为什么这样切分和归类', 'Why it was cut and labelled so'))}
                </Button>
              </Tooltip>
              <Checkbox checked={f.soft === true} onChange={(e) => onChange({ soft: e.target.checked })}>
                {t(w('原则性要求，不立项', 'Soft: becomes no task'))}
              </Checkbox>
            </Flex>
          )}
        </Flex>
      )}
    </section>
  )
})

/** That who is told is no unit of the register, as long as nobody was made the lead; null otherwise. */
function useAbsent({ fields: f }: Row) {
  const { units } = usePlace()
  const asked = f.lead === undefined && f.soft !== true && f.addressee !== undefined
  return useMemo(() => {
    if (!asked) return null
    const domain = DOMAINS.find((one) => one.code === f.domain)?.code ?? 'other'
    const names = units.map((unit) => ({ code: unit.id, name: unit.name }))
    return suggestUnits({ quote: String(f.quote), domain, addressee: String(f.addressee) }, names).absent
  }, [asked, units, f.addressee, f.domain, f.quote])
}

function Key({ title, icon, onClick }: { readonly title: string; readonly icon: React.ReactNode; onClick(): void }) {
  return (
    <Tooltip title={title}>
      <Button size="small" type="text" icon={icon} aria-label={title} onClick={onClick} />
    </Tooltip>
  )
}
