import { Flex, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Sideways } from '../../shell/sideways.tsx'
import { Loaded } from '../../shell/states.tsx'
import './import.css'
import { JobButtons, JobView } from './job-view.tsx'
import { JOB_STATES } from './told.ts'
import { type Job, useJobs } from './use-jobs.ts'

/** Long work of one's own: what still runs, what ended and how, and its reports. Leaving a page never loses it. */
export default function Imports() {
  const { t, lang } = useSpeech()
  const { registry, at } = usePlace()
  const query = useJobs()
  const [open, setOpen] = useState<readonly string[]>([])
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={3}>{t(w('导入', 'Imports'))}</Typography.Title>
      <Typography.Text type="secondary">
        {t(
          w(
            '导入在后台进行，离开页面不会中断。在各台账页面点“导入”开始。',
            'Imports run in the background; leaving the page does not stop them. Begin one with “Import” on a list.',
          ),
        )}
      </Typography.Text>
      <Loaded query={query} empty={({ jobs }) => jobs.length === 0} emptyText={t(w('还没有导入过表格。', 'Nothing was imported yet.'))}>
        {({ jobs }) => (
          <Sideways>
            <Table<Job>
              size="small"
              rowKey="id"
              pagination={false}
              scroll={{ x: 'max-content' }}
              dataSource={[...jobs]}
              expandable={{
                expandedRowRender: (job) => <JobView id={job.id} />,
                expandedRowKeys: [...open],
                onExpandedRowsChange: (keys) => setOpen(keys.map(String)),
              }}
              columns={[
                {
                  title: t(w('开始时间', 'Started')),
                  render: (_, job) =>
                    new Date(job.startedAt).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', {
                      timeZone: at.zone,
                      dateStyle: 'medium',
                      timeStyle: 'short',
                    }),
                },
                {
                  title: t(w('台账', 'Record')),
                  render: (_, job) => t(registry.records.get(job.record)?.label ?? w(job.record, job.record)),
                },
                { title: t(w('文件', 'File')), dataIndex: 'file' },
                {
                  title: t(w('结果', 'Result')),
                  render: (_, job) => (
                    <>
                      <Tag color={job.state === 'done' ? 'green' : job.state === 'running' ? 'blue' : 'orange'}>
                        {t(JOB_STATES[job.state])}
                      </Tag>
                      {job.dryRun && <Tag>{t(w('试运行', 'dry run'))}</Tag>}
                    </>
                  ),
                },
                { title: t(w('行数', 'Rows')), align: 'right', render: (_, job) => `${job.progress.done} / ${job.progress.total}` },
                { title: t(w('不能导入', 'Refused')), align: 'right', render: (_, job) => job.progress.refused },
                { title: t(w('操作', 'Do')), render: (_, job) => <JobButtons job={job} /> },
              ]}
            />
          </Sideways>
        )}
      </Loaded>
    </Flex>
  )
}
