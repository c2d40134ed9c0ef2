import { FileAddOutlined } from '@ant-design/icons'
import { Loaded, usePlace, useRecords, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Button, Flex, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import { momentWords } from '../../report/index.ts'
import { WriteDialogue } from './write-dialogue.tsx'

/** All progress reports, the latest first, and the one button that writes the next. */
export default function Reports() {
  const { t } = useSpeech()
  const { has, registry, me } = usePlace()
  const [writing, setWriting] = useState(false)
  const def = registry.records.get('report')
  const query = useRecords('report', { limit: '20' })
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t(w('进展报告', 'Progress reports'))}
        </Typography.Title>
        {has('supervision-office') && (
          <Button type="primary" size="large" icon={<FileAddOutlined />} onClick={() => setWriting(true)}>
            {t(w('生成进展报告', 'Write the progress report'))}
          </Button>
        )}
      </Flex>
      <Loaded
        query={query}
        empty={() => rows.length === 0}
        emptyText={t(
          w('还没有报告。会议部署批准后，可一键生成进展报告。', 'No report yet. Once directives are approved, one button writes it.'),
        )}
      >
        {() => (
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            columns={[
              {
                title: t(w('标题', 'Title')),
                render: (_, row) => (
                  <Link to="/reports/$id" params={{ id: row.id } as never} className="report-link">
                    {String(row.fields.title)}
                  </Link>
                ),
              },
              {
                title: t(w('数据截止', 'Figures as of')),
                width: 150,
                render: (_, row) => t(momentWords(String(row.fields.cutOff), me.zone)),
              },
              {
                title: t(w('状态', 'State')),
                width: 76,
                render: (_, row) => {
                  const state = def?.states[row.state]
                  return <Tag color={row.state === 'final' ? 'green' : 'blue'}>{state ? t(state) : row.state}</Tag>
                },
              },
            ]}
          />
        )}
      </Loaded>
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t(w('更早的报告', 'Earlier reports'))}
        </Button>
      )}
      {writing && <WriteDialogue onClose={() => setWriting(false)} />}
    </Flex>
  )
}
