import { PlusOutlined } from '@ant-design/icons'
import { Loaded, usePlace, useRecords, useSpeech, w } from '@guatu/client'
import { fullDayWords } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Button, Flex, Table, Tag, Typography } from 'antd'

/** All meetings, newest first. */
export default function Meetings() {
  const { t } = useSpeech()
  const { has, registry } = usePlace()
  const def = registry.records.get('meeting')
  const query = useRecords('meeting')
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between">
        <Typography.Title level={3}>{t(w('会议', 'Meetings'))}</Typography.Title>
        {has('supervision-office') && (
          <Link to="/meetings/new">
            <Button type="primary" icon={<PlusOutlined />}>
              {t(w('新会议', 'New meeting'))}
            </Button>
          </Link>
        )}
      </Flex>
      <Loaded
        query={query}
        empty={() => rows.length === 0}
        emptyText={t(w('还没有会议。粘贴或上传通稿即可开始。', 'No meeting yet. Paste or upload a communiqué to begin.'))}
      >
        {() => (
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            columns={[
              { title: t(w('标题', 'Title')), render: (_, row) => <Link to={`/meetings/${row.id}`}>{String(row.fields.title)}</Link> },
              { title: t(w('召开日期', 'Held on')), render: (_, row) => t(fullDayWords(String(row.fields.heldOn))) },
              { title: t(w('机构', 'Body')), render: (_, row) => String(row.fields.body ?? '—') },
              {
                title: t(w('状态', 'State')),
                render: (_, row) => <Tag>{def?.states[row.state] ? t(def.states[row.state] ?? w('', '')) : row.state}</Tag>,
              },
            ]}
          />
        )}
      </Loaded>
    </Flex>
  )
}
