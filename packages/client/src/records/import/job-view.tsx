import { DownloadOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Progress, Typography } from 'antd'
import { useEffect } from 'react'
import { DownloadButton } from '../../shell/download-button.tsx'
import { useSpeech, w } from '../../shell/language.tsx'
import { Loaded } from '../../shell/states.tsx'
import { toldOf } from './told.ts'
import { type Job, useCancel, useJob } from './use-jobs.ts'

/** A job from its first row to its report: how far it is, what was refused and why, and the way to stop it. */
export function JobView({ id }: { readonly id: string }) {
  const { t } = useSpeech()
  const query = useJob(id)
  const client = useQueryClient()
  const record = query.data?.record
  const ended = query.data !== undefined && query.data.state !== 'running'
  useEffect(() => {
    if (ended && record !== undefined) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === record })
  }, [client, ended, record])
  return (
    <Loaded query={query}>
      {(job) => (
        <Flex vertical gap={12}>
          {job.problem ? <Alert type="error" showIcon role="alert" title={t(job.problem.message)} /> : <Counts job={job} />}
          {job.progress.ignored.length > 0 && (
            <Alert
              type="info"
              showIcon
              title={t({
                zh: `没有用到的列：${job.progress.ignored.join('、')}`,
                en: `Columns not used: ${job.progress.ignored.join(', ')}`,
              })}
            />
          )}
          <SheetsLeft left={job.progress.left ?? []} />
          <Refusals job={job} />
          <JobButtons job={job} />
        </Flex>
      )}
    </Loaded>
  )
}

/** Sheets of the workbook that were not taken in, with what to do. */
function SheetsLeft({ left }: { readonly left: NonNullable<Job['progress']['left']> }) {
  const { t } = useSpeech()
  if (left.length === 0) return null
  const named = left.map(({ name, rows }) => ({
    zh: rows === undefined ? `“${name}”` : `“${name}”（${rows}行）`,
    en: rows === undefined ? `“${name}”` : `“${name}” (${rows} rows)`,
  }))
  return (
    <Alert
      type="warning"
      showIcon
      title={t({
        zh: `只导入了第一张有内容的工作表，未导入：${named.map(({ zh }) => zh).join('、')}。需要导入的，请另存为单独的文件再导入。`,
        en: `Only the first sheet that holds something was taken in, not: ${named.map(({ en }) => en).join(', ')}. Save those that are needed as files of their own and import them.`,
      })}
    />
  )
}

function Counts({ job }: { readonly job: Job }) {
  const { t } = useSpeech()
  const { total, done, refused } = job.progress
  const percent = total === 0 ? (job.state === 'running' ? 0 : 100) : Math.floor((done / total) * 100)
  return (
    <div>
      <Progress
        percent={percent}
        status={job.state === 'running' ? 'active' : refused > 0 || job.state !== 'done' ? 'normal' : 'success'}
        aria-label={t(w('导入进度', 'Progress of the import'))}
      />
      <Typography.Text role="status">
        {t(toldOf(job))}
        {job.dryRun && ` ${t(w('（试运行，没有写入）', '(dry run, nothing was written)'))}`}
      </Typography.Text>
    </div>
  )
}

/** Whoever has no mouse comes to it with the tab key and moves it with the arrow keys. */
const reachable = (list: HTMLElement | null) => {
  if (list) list.tabIndex = 0
}

function Refusals({ job }: { readonly job: Job }) {
  const { t } = useSpeech()
  if (job.examples.length === 0) return null
  return (
    <ul className="job-refusals" ref={reachable} aria-label={t(w('不能导入的行', 'Refused rows'))}>
      {job.examples.map(({ line, problem }) => (
        <li key={line}>
          <strong>{t({ zh: `第${line}行`, en: `Row ${line}` })}</strong>{' '}
          {problem && (problem.problems ?? [problem]).map((one) => t(one.message)).join(' ')}
        </li>
      ))}
    </ul>
  )
}

/** Stop it while it runs; take its report home when it has ended. */
export function JobButtons({ job }: { readonly job: Job }) {
  const { t } = useSpeech()
  const cancel = useCancel()
  return (
    <Flex gap={8} wrap>
      {job.state === 'running' && (
        <Button danger size="small" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          {t(w('取消导入', 'Cancel the import'))}
        </Button>
      )}
      {job.state !== 'running' && job.progress.done > 0 && (
        <DownloadButton size="small" icon={<DownloadOutlined />} address={`/api/jobs/${job.id}/report.csv`}>
          {t(w('下载逐行结果', 'Download the answer per row'))}
        </DownloadButton>
      )}
    </Flex>
  )
}
