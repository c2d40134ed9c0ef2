import { AREA_LEVEL_LABELS, fullDayWords } from '@guatu/kernel'
import { Alert, Button, Flex, Input, Switch, Table, Tag, Typography, Upload } from 'antd'
import { useState } from 'react'
import { asProblem } from '../../../api/client.ts'
import { useSpeech, w } from '../../../shell/language.tsx'
import { usePlace } from '../../../shell/place.tsx'
import { Loaded } from '../../../shell/states.tsx'
import '../area-browser.css'
import { type Change, ChangeDialogue } from './change-dialogue.tsx'
import { type Taken, type Unit, useUnitChange, useUnits } from './use-units.ts'

/** The units and grids of the city, which no list of codes has: recorded here or taken in from a sheet, each change with its day. */
export default function UnitsPage() {
  const { t } = useSpeech()
  const { today } = usePlace()
  const query = useUnits()
  const [words, setWords] = useState('')
  const [ended, setEnded] = useState(false)
  const [change, setChange] = useState<Change>()
  const taking = useUnitChange<Taken>()
  const asked = words.trim()
  const shown = (units: readonly Unit[]) =>
    units
      .filter((one) => ended || one.to === null || one.to > today)
      .filter((one) => asked === '' || [one.name, one.within, ...one.aliases].some((name) => name.includes(asked)))
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(w('单位和网格', 'Units and grids'))}</Typography.Title>
      <Typography.Text>
        {t(
          w(
            '会议部署交办给这里登记的单位，网格员在这里登记的网格工作；简称用于从通稿中认出单位。表格各列：名称、上级、层级（单位或网格）、简称、日期。',
            'Directives go to the units recorded here, grid workers work in the grids; short names are how a communiqué is recognised to mean one. Columns of a sheet: name, parent, level (unit or grid), aliases, date.',
          ),
        )}
      </Typography.Text>
      <Flex gap={8} wrap align="center">
        <Button type="primary" onClick={() => setChange({ what: 'add' })}>
          {t(w('登记…', 'Record one…'))}
        </Button>
        <Upload
          accept=".csv,.xlsx,.json"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            const form = new FormData()
            form.append('file', file)
            taking.mutate({ path: '/import', form })
            return false
          }}
        >
          <Button loading={taking.isPending}>{t(w('导入名册（CSV、Excel、JSON）', 'Import a list (CSV, Excel, JSON)'))}</Button>
        </Upload>
        <Input.Search
          allowClear
          className="units-search"
          placeholder={t(w('名称或简称', 'Name or short name'))}
          aria-label={t(w('查找单位', 'Find a unit'))}
          onChange={(e) => setWords(e.target.value)}
        />
        <Flex gap={8} align="center">
          <Switch checked={ended} onChange={setEnded} aria-label={t(w('含已撤销', 'With those that ended'))} />
          {t(w('含已撤销', 'With those that ended'))}
        </Flex>
      </Flex>
      {taking.error && <Alert type="error" showIcon role="alert" title={t(asProblem(taking.error).message)} />}
      {taking.data && <TakenNotice taken={taking.data} />}
      <Loaded
        query={query}
        empty={(data) => shown(data.units).length === 0}
        emptyText={
          asked === ''
            ? t(w('还没有单位：点“登记”或导入名册。', 'No units yet: record one, or import a list.'))
            : t(w('没有找到', 'Nothing found'))
        }
      >
        {(data) => <UnitTable units={shown(data.units)} today={today} onChange={setChange} />}
      </Loaded>
      {change && <ChangeDialogue change={change} onClose={() => setChange(undefined)} />}
    </Flex>
  )
}

function UnitTable({
  units,
  today,
  onChange,
}: {
  readonly units: readonly Unit[]
  readonly today: string
  onChange(change: Change): void
}) {
  const { t } = useSpeech()
  return (
    <Table
      size="small"
      rowKey="id"
      scroll={{ x: 'max-content' }}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      dataSource={[...units]}
      columns={[
        {
          title: t(w('名称', 'Name')),
          render: (_, one) => (
            <>
              {one.name} {one.level === 'grid' && <Tag>{t(AREA_LEVEL_LABELS.grid)}</Tag>}
              {one.to !== null && (
                <Tag color="orange">{t({ zh: `${fullDayWords(one.to).zh}起不再存在`, en: `ends ${fullDayWords(one.to).en}` })}</Tag>
              )}
            </>
          ),
        },
        { title: t(w('简称', 'Short names')), render: (_, one) => one.aliases.join(t(w('、', ', '))) || '—' },
        { title: t(w('所属', 'Belongs to')), dataIndex: 'within' },
        { title: t(w('起', 'From')), render: (_, unit) => t(fullDayWords(unit.from)) },
        { title: t(w('编号', 'Id')), render: (_, one) => <code>{one.id}</code> },
        {
          title: t(w('操作', 'Acts')),
          render: (_, unit) =>
            (unit.to === null || unit.to > today) && (
              <Flex gap={4}>
                <Button size="small" onClick={() => onChange({ what: 'rename', unit })}>
                  {t(w('更名…', 'Rename…'))}
                </Button>
                {unit.to === null && (
                  <Button size="small" danger onClick={() => onChange({ what: 'end', unit })}>
                    {t(w('撤销…', 'End…'))}
                  </Button>
                )}
              </Flex>
            ),
        },
      ]}
    />
  )
}

/** What became of a sheet: how many lines were taken, and why each other was not. */
function TakenNotice({ taken: { recorded, known, refusals } }: { readonly taken: Taken }) {
  const { t } = useSpeech()
  return (
    <Alert
      type={refusals.length > 0 ? 'warning' : 'success'}
      showIcon
      role="status"
      title={t({
        zh: `已登记${recorded}条，${known}条此前已有，${refusals.length}行未采用。`,
        en: `${recorded} recorded, ${known} known already, ${refusals.length} lines not taken.`,
      })}
      description={
        refusals.length > 0 && (
          <ul className="area-refusals">
            {refusals.map(({ line, problem }) => (
              <li key={line}>{t({ zh: `第${line}行：${problem.message.zh}`, en: `Line ${line}: ${problem.message.en}` })}</li>
            ))}
          </ul>
        )
      }
    />
  )
}
