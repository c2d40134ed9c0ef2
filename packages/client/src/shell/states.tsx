import type { Problem } from '@guatu/kernel'
import { Alert, Button, Empty, Result, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { asProblem } from '../api/client.ts'
import { useSpeech, w } from './language.tsx'

/** The four states of anything that is loaded: loading, failed, forbidden, empty; else its content. */
export function Loaded<T>(props: {
  readonly query: { readonly data: T | undefined; readonly error: unknown; readonly isPending: boolean; refetch(): unknown }
  readonly empty?: (data: T) => boolean
  readonly emptyText?: string
  readonly children: (data: T) => ReactNode
}) {
  const { query, empty, emptyText, children } = props
  if (query.data !== undefined)
    return empty?.(query.data) ? <Empty description={emptyText} image={Empty.PRESENTED_IMAGE_SIMPLE} /> : children(query.data)
  if (query.error) return <Failed problem={asProblem(query.error)} again={() => void query.refetch()} />
  return <Waiting />
}

function Waiting() {
  const { t } = useSpeech()
  return (
    <div role="status" aria-label={t(w('正在读取', 'Loading'))}>
      <Skeleton active paragraph={{ rows: 6 }} />
    </div>
  )
}

/** Above figures that could not be read anew: they are older than they look. Nothing as long as they are up to date. */
export function Outdated({ query }: { readonly query: { readonly data: unknown; readonly error: unknown; refetch(): unknown } }) {
  const { t } = useSpeech()
  if (query.data === undefined || !query.error) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t(w('没能重新读取，下面是上一次读到的数。', 'Could not be read anew; the figures below are those read last.'))}
      description={t(asProblem(query.error).message)}
      action={
        <Button size="small" onClick={() => void query.refetch()}>
          {t(w('重试', 'Try again'))}
        </Button>
      }
    />
  )
}

export function Failed({ problem, again }: { readonly problem: Problem; readonly again?: () => void }) {
  const { t } = useSpeech()
  if (problem.status === 403) return <Result status="403" title={t(w('没有权限', 'Not allowed'))} subTitle={t(problem.message)} />
  if (problem.status === 404) return <Result status="404" title={t(w('没有找到', 'Not found'))} subTitle={t(problem.message)} />
  return (
    <Alert
      type="error"
      showIcon
      title={t(problem.message)}
      action={
        again && (
          <Button size="small" onClick={again}>
            {t(w('重试', 'Try again'))}
          </Button>
        )
      }
    />
  )
}
