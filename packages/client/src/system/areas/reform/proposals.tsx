import { counted, type Label } from '@guatu/kernel'
import { Button, Flex, InputNumber, Segmented, Table, Tabs, Tag, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { useSpeech, w } from '../../../shell/language.tsx'
import { AnotherHeir } from './another-heir.tsx'
import { type Decisions, DOUBTFUL, type HeirChoice, isVanished, type Proposal } from './draft.ts'

const KINDS = {
  renamed: w('更名', 'Renamed'),
  recoded: w('改代码', 'Re-coded'),
  moved: w('划转', 'Moved'),
  merged: w('合并', 'Merged'),
  split: w('拆分', 'Split'),
  created: w('新设', 'New'),
  abolished: w('撤销', 'Ended'),
} as const satisfies Record<Proposal['kind'], object>

const TABS = {
  doubtful: w('需细看', 'To be looked at'),
  vanished: w('撤销的村', 'Vanished villages'),
  towns: w('乡镇和区县', 'Towns and counties'),
  all: w('全部', 'All'),
} as const

const FILTERS: Readonly<Record<keyof typeof TABS, (one: Proposal) => boolean>> = {
  doubtful: (one) => one.confidence < DOUBTFUL,
  vanished: isVanished,
  towns: (one) => one.level !== 'village',
  all: () => true,
}

const named = (lines: readonly { readonly name: string; readonly code: string }[]): Label => {
  const each = lines.map((one) => `${one.name} ${one.code}`)
  return w(each.join('、'), each.join(', '))
}

/** Every proposal with its ground and how sure it is; a person takes or drops it, one by one or from a confidence up. */
export function Proposals({
  proposals,
  decisions,
  onDecide,
  onHeir,
  heirs,
}: {
  readonly proposals: readonly Proposal[]
  readonly decisions: Decisions
  onDecide(changes: Decisions): void
  /** Gives an area that ends to somebody else. */
  onHeir(proposal: Proposal, code: string, heir: HeirChoice): void
  readonly heirs: readonly HeirChoice[]
}) {
  const { t } = useSpeech()
  const [tab, setTab] = useState<keyof typeof TABS>('doubtful')
  const [least, setLeast] = useState(90)
  const shown = useMemo(() => proposals.filter(FILTERS[tab]), [proposals, tab])
  const open = proposals.filter((one) => decisions[one.id] === undefined)
  const sure = open.filter((one) => one.confidence * 100 >= least)
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} align="center" wrap>
        <Typography.Text role="status">
          {t({
            zh: `共${proposals.length}项，已决定${proposals.length - open.length}，未决定${open.length}。`,
            en: `${counted(proposals.length, 'proposal')}, ${proposals.length - open.length} decided, ${open.length} open.`,
          })}
        </Typography.Text>
        <span>{t(w('把握不低于', 'Confidence from'))}</span>
        <InputNumber
          min={0}
          max={100}
          value={least}
          suffix="%"
          aria-label={t(w('把握不低于', 'Confidence from'))}
          onChange={(next) => setLeast(next ?? 100)}
          style={{ width: 96 }}
        />
        <Button disabled={sure.length === 0} onClick={() => onDecide(Object.fromEntries(sure.map((one) => [one.id, true])))}>
          {t({ zh: `全部采用（${sure.length}项）`, en: `Take all ${sure.length}` })}
        </Button>
      </Flex>
      <Tabs
        activeKey={tab}
        onChange={(key) => setTab(key as keyof typeof TABS)}
        items={Object.entries(TABS).map(([key, label]) => ({
          key,
          label: `${t(label)} ${proposals.filter(FILTERS[key as keyof typeof TABS]).length}`,
        }))}
      />
      <Table<Proposal>
        size="small"
        rowKey="id"
        dataSource={shown}
        scroll={{ x: 960 }}
        pagination={{ defaultPageSize: 50, showSizeChanger: false }}
        columns={[
          { title: t(w('变化', 'Change')), width: 88, render: (_, one) => <Tag>{t(KINDS[one.kind])}</Tag> },
          { title: t(w('原区划', 'Before')), width: '30%', render: (_, one) => t(named(one.from)) || '—' },
          {
            title: t(w('新区划', 'After')),
            render: (_, one) => (
              <Flex vertical gap={4} align="start">
                {t(named(one.to.length > 0 ? one.to : one.becomes ? [one.becomes] : [])) || '—'}
                {isVanished(one) && <AnotherHeir of={one} heirs={heirs} onHeir={onHeir} />}
              </Flex>
            ),
          },
          {
            title: t(w('把握', 'Confidence')),
            width: 100,
            align: 'right',
            render: (_, one) => (
              <span className={one.confidence < DOUBTFUL ? 'doubtful' : undefined}>
                {one.confidence < DOUBTFUL && '▲ '}
                {Math.round(one.confidence * 100)}%
              </span>
            ),
          },
          { title: t(w('理由', 'Reasons')), render: (_, one) => one.reasons.map(t).join(t(w('；', '; '))) },
          {
            title: t(w('决定', 'Decision')),
            width: 168,
            render: (_, one) => (
              <Segmented
                size="small"
                aria-label={t({ zh: `决定：${named(one.from).zh}`, en: `Decision: ${named(one.from).en}` })}
                value={decisions[one.id] === undefined ? '' : decisions[one.id] ? 'yes' : 'no'}
                options={[
                  { value: 'yes', label: t(w('采用', 'Take')) },
                  { value: 'no', label: t(w('不采用', 'Drop')) },
                ]}
                onChange={(value) => onDecide({ [one.id]: value === 'yes' })}
              />
            ),
          },
        ]}
      />
    </Flex>
  )
}
