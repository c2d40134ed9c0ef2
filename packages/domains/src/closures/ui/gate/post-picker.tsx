import { useRecords, useRemembered, useSpeech, w } from '@guatu/client'
import { Select } from 'antd'
import type { GateKind } from '../../gate/decide.ts'

/** Where a device stands: it is asked once, and remembered by the device. */
export interface Post {
  readonly id: string
  readonly area: string
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** The gate or post at which this device stands, of those in the register. */
export function usePost(kind: GateKind): {
  readonly post: Post | undefined
  readonly posts: readonly (Post & { readonly name: string })[]
  choose(id: string): void
} {
  const query = useRecords('place', { kind: kind === 'road' ? 'road' : 'gate', state: 'open', limit: '200' })
  const [chosen, choose] = useRemembered<string>(`gate.post.${kind}`, '', isText)
  const posts = (query.data?.pages ?? []).flatMap((page) =>
    page.rows.map(({ id, area, fields }) => ({ id, area, name: String(fields.name ?? '') })),
  )
  return { post: posts.find((one) => one.id === chosen), posts, choose }
}

export function PostPicker({ posts, post, choose }: ReturnType<typeof usePost>) {
  const { t } = useSpeech()
  if (posts.length === 0) return null
  return (
    <Select
      size="large"
      allowClear
      className="gate-post"
      value={post?.id ?? null}
      placeholder={t(w('选择本卡口', 'Choose this post'))}
      aria-label={t(w('卡口', 'Post'))}
      options={posts.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id: string | null) => choose(id ?? '')}
    />
  )
}
