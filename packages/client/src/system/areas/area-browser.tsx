import { fullDayWords } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Button, Card, Descriptions, Empty, Flex, Input, Table, Tag, Tree, type TreeDataNode, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { call } from '../../api/client.ts'
import type { AreaNode } from '../../api/types.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Loaded } from '../../shell/states.tsx'
import { liesIn, wayUp } from '../../shell/way-up.ts'
import './area-browser.css'
import { AreaOver } from './area-over.tsx'
import { BoundariesDialogue } from './boundaries.tsx'

const LEVELS = {
  province: w('省', 'Province'),
  city: w('市', 'City'),
  county: w('区县', 'County'),
  town: w('乡镇', 'Town'),
  village: w('村（社区）', 'Village'),
  grid: w('网格', 'Grid'),
  building: w('楼栋', 'Building'),
  unit: w('单位', 'Body'),
} as const

const levelOf = (level: string) => LEVELS[level as keyof typeof LEVELS] ?? w(level, level)

interface Life extends AreaNode {
  readonly from: string
  readonly to: string | null
  readonly history: readonly { from: string; to: string | null; code: string | null; name: string; parent: string | null }[]
  readonly successors: readonly { id: string; numerator: number; denominator: number }[]
}

/** The area tree as of the day in the header: find a place, see its names, codes and parents over time, and who came after it. */
export default function AreaBrowser() {
  const { t } = useSpeech()
  const { areas, day, has, home } = usePlace()
  const asked: { id?: unknown } = useSearch({ strict: false })
  const [pressed, setChosen] = useState<string>()
  // The own area until somebody chooses another.
  const chosen = pressed ?? home?.id
  const [words, setWords] = useState('')
  const [drawing, setDrawing] = useState(false)
  const [open, setOpen] = useState<readonly string[]>()
  const tree = useMemo(() => treeOf(areas), [areas])
  const found = useFound(words)
  const roots = open ?? tree.roots
  const show = (id: string) => {
    setOpen([...new Set([...roots, ...wayUp(areas, id).slice(1)])])
    setChosen(id)
  }
  // Somebody who came from the search wants to see that place.
  const [arrived, setArrived] = useState<string>()
  if (typeof asked.id === 'string' && asked.id !== arrived && areas.has(asked.id)) {
    setArrived(asked.id)
    show(asked.id)
  }
  return (
    <Flex vertical gap={8}>
      <Flex justify="space-between" wrap gap={8} align="center">
        <Typography.Title level={3}>{t(w('区划', 'Areas'))}</Typography.Title>
        <Typography.Text type="secondary">
          {t({
            zh: `${fullDayWords(day).zh}的区划，共${areas.size}个节点；换日期看改革前后。`,
            en: `Areas as of ${fullDayWords(day).en}, ${areas.size} nodes; change the day to see before and after a reform.`,
          })}
        </Typography.Text>
        {has('administrator') && (
          <Flex gap={12} align="center">
            <Button onClick={() => setDrawing(true)}>{t(w('导入边界…', 'Import boundaries…'))}</Button>
            <Link to="/areas/units">{t(w('单位和网格…', 'Units and grids…'))}</Link>
            <Link to="/areas/reform">{t(w('区划调整…', 'Reform of areas…'))}</Link>
          </Flex>
        )}
      </Flex>
      {drawing && <BoundariesDialogue onClose={() => setDrawing(false)} />}
      <div className="area-browser">
        <Card size="small" className="area-tree">
          <Input.Search
            allowClear
            placeholder={t(w('名称、代码或拼音首字母', 'Name, code or pinyin initials'))}
            aria-label={t(w('查找区划', 'Find an area'))}
            onChange={(e) => setWords(e.target.value)}
          />
          {words.trim() === '' ? (
            <Tree
              virtual
              height={640}
              treeData={tree.nodes}
              expandedKeys={[...roots]}
              onExpand={(keys) => setOpen(keys.map(String))}
              selectedKeys={chosen ? [chosen] : []}
              onSelect={([key]) => key !== undefined && setChosen(String(key))}
            />
          ) : (
            <Loaded query={found} empty={(data) => data.areas.length === 0} emptyText={t(w('没有找到', 'Nothing found'))}>
              {(data) => (
                <ul className="area-found">
                  {data.areas.map((one) => (
                    <li key={one.id}>
                      <button type="button" onClick={() => show(one.id)} aria-pressed={chosen === one.id}>
                        <span>{one.fullName ?? one.name}</span>
                        <Tag>{t(levelOf(one.level))}</Tag>
                      </button>
                    </li>
                  ))}
                </ul>
              )}
            </Loaded>
          )}
        </Card>
        <div>
          {chosen ? (
            <AreaLife id={chosen} onChoose={show} />
          ) : (
            <Empty description={t(w('从左侧选择一个区划', 'Choose an area on the left'))} />
          )}
        </div>
      </div>
    </Flex>
  )
}

const useFound = (words: string) =>
  useQuery({
    queryKey: ['areas', 'search', words.trim()],
    queryFn: ({ signal }) =>
      call<{ areas: readonly (AreaNode & { fullName?: string })[] }>(`/api/areas/search?limit=50&q=${encodeURIComponent(words.trim())}`, {
        signal,
      }),
    enabled: words.trim() !== '',
    staleTime: 60_000,
  })

function AreaLife({ id, onChoose }: { readonly id: string; onChoose(id: string): void }) {
  const { t } = useSpeech()
  const { areas, day, me } = usePlace()
  const query = useQuery({ queryKey: ['areas', 'life', id], queryFn: () => call<Life>(`/api/areas/${encodeURIComponent(id)}`) })
  // Figures follow the area of the grants; who has no part in an area is not offered its figures.
  const mayCount = areas.has(id) && liesIn(areas, id, new Set(me.grants.map((grant) => grant.area)))
  const name = (area: string | null) => (area === null ? '—' : (areas.get(area)?.name ?? area))
  return (
    <Loaded query={query}>
      {(area) => (
        <Flex vertical gap={12}>
          <Typography.Title level={4} style={{ margin: 0 }}>
            {area.name} <Tag color="blue">{t(levelOf(area.level))}</Tag>
            {area.to && (
              <Tag color="orange">{t({ zh: `${fullDayWords(area.to).zh}起不再存在`, en: `ended ${fullDayWords(area.to).en}` })}</Tag>
            )}
          </Typography.Title>
          <Descriptions
            styles={{ label: { width: 160 } }}
            bordered
            size="small"
            column={1}
            items={[
              { key: 'code', label: t(w('代码', 'Code')), children: area.code ?? '—' },
              ...(area.aliases ? [{ key: 'aliases', label: t(w('简称', 'Short names')), children: area.aliases.join('、') }] : []),
              { key: 'parent', label: t(w('上级', 'Parent')), children: name(area.parent) },
              { key: 'from', label: t(w('设立（或名册）日期', 'Since')), children: t(fullDayWords(area.from)) },
              { key: 'id', label: t(w('系统编号', 'Stable id')), children: <code>{area.id}</code> },
            ]}
          />
          <Card size="small" title={t(w('沿革', 'Over time'))}>
            <Table
              size="small"
              pagination={false}
              rowKey="from"
              scroll={{ x: 'max-content' }}
              dataSource={[...area.history]}
              columns={[
                { title: t(w('起', 'From')), render: (_, one) => t(fullDayWords(one.from)) },
                { title: t(w('止', 'To')), render: (_, one) => t(one.to ? fullDayWords(one.to) : w('至今', 'now')) },
                { title: t(w('名称', 'Name')), dataIndex: 'name' },
                { title: t(w('代码', 'Code')), render: (_, one) => one.code ?? '—' },
                { title: t(w('上级', 'Parent')), render: (_, one) => name(one.parent) },
              ]}
            />
          </Card>
          {!area.to && mayCount && <AreaOver key={`${id} ${day}`} id={id} />}
          {area.to && (
            <Card size="small" title={t(w('今天由谁承接', 'Who has it today'))}>
              {area.successors.length === 0 ? (
                t(w('没有承接的区划', 'No successor'))
              ) : (
                <ul className="area-found">
                  {area.successors.map((heir) => (
                    <li key={heir.id}>
                      <button type="button" onClick={() => onChoose(heir.id)}>
                        <span>{name(heir.id)}</span>
                        <span>{`${Math.round((heir.numerator / heir.denominator) * 100)}%`}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          )}
        </Flex>
      )}
    </Loaded>
  )
}

function treeOf(areas: ReadonlyMap<string, AreaNode>): { readonly nodes: TreeDataNode[]; readonly roots: readonly string[] } {
  const children = new Map<string | null, AreaNode[]>()
  for (const one of areas.values()) {
    const parent = one.parent !== null && areas.has(one.parent) ? one.parent : null
    const list = children.get(parent)
    if (list) list.push(one)
    else children.set(parent, [one])
  }
  const node = (one: AreaNode): TreeDataNode => {
    const below = children.get(one.id)
    return {
      key: one.id,
      title: `${one.name}${below ? `（${below.length}）` : ''}`,
      isLeaf: below === undefined,
      ...(below ? { children: below.map(node) } : {}),
    }
  }
  const tops = children.get(null) ?? []
  return {
    nodes: tops.map(node),
    roots: tops.flatMap((one) => [one.id, ...(children.get(one.id)?.length === 1 ? [children.get(one.id)?.[0]?.id ?? ''] : [])]),
  }
}
