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
  return <Skeleton active paragraph={{ rows: 6 }} />
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
