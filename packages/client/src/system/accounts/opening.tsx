import type { Label } from '@guatu/kernel'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Checkbox } from 'antd'
import { asProblem, call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import type { Listed } from './use-send.tsx'

interface Ended {
  readonly record: string
  readonly label: Label
  readonly count: number
  readonly free: number
}
type Opened = { readonly ended: readonly Ended[]; readonly back: number }

/** Opens an account again, by whoever was told what ended when it was closed, and gives back what nobody was given since. */
export function useOpening() {
  const client = useQueryClient()
  const { message, modal } = App.useApp()
  const { t } = useSpeech()
  const failed = (error: Error) => void message.error(t(asProblem(error).message))
  const open = useMutation({
    mutationFn: ({ id, again }: { id: string; again: boolean }) => call<Opened>(`/api/accounts/${id}/open`, { body: { again } }),
    onSuccess: ({ ended, back }) => {
      const left = ended.reduce((sum, { count }) => sum + count, 0) - back
      const rest = left > 0 ? { zh: `，未恢复${left}项`, en: `, ${left} not` } : w('', '')
      const said = { zh: `账号已启用：恢复分工${back}项${rest.zh}。`, en: `Opened: ${back} given back${rest.en}.` }
      void message.success(t(back + left > 0 ? said : w('账号已启用。', 'Opened.')))
      return client.invalidateQueries({ queryKey: ['accounts'] })
    },
    onError: failed,
  })
  return useMutation({
    mutationFn: ({ id }: Listed) => call<{ ended: readonly Ended[] }>(`/api/accounts/${id}/charges`),
    onSuccess: ({ ended }, { id, name, username }) => {
      const free = ended.reduce((sum, one) => sum + one.free, 0)
      let again = free > 0
      modal.confirm({
        title: t({ zh: `启用${name}（${username}）的账号？`, en: `Open the account of ${name} (${username})?` }),
        content: <WhatEnded ended={ended} free={free} onChange={(checked) => (again = checked)} />,
        okText: t(w('启用账号', 'Open account')),
        cancelText: t(w('再看看', 'Not yet')),
        onOk: () => open.mutate({ id, again }),
      })
    },
    onError: failed,
  })
}

function WhatEnded({ ended, free, onChange }: { readonly ended: readonly Ended[]; readonly free: number; onChange(again: boolean): void }) {
  const { t } = useSpeech()
  if (ended.length === 0) return <p>{t(w('该账号停用时没有结束的分工。', 'Nothing ended when it was closed.'))}</p>
  return (
    <>
      <p>{t(w('该账号停用时结束了：', 'When it was closed these ended:'))}</p>
      <ul>
        {ended.map(({ record, label, count }) => (
          <li key={record}>{t({ zh: `${label.zh}：${count}`, en: `${label.en}: ${count}` })}</li>
        ))}
      </ul>
      {free > 0 ? (
        <Checkbox defaultChecked onChange={({ target }) => onChange(target.checked)}>
          {t({ zh: `恢复此后没有另行分工的${free}项`, en: `Give back those that nobody was given since: ${free}` })}
        </Checkbox>
      ) : (
        <p>
          {t(
            w(
              '此后均已另行分工，或不在现任地区，须重新分工。',
              'Others were given them since, or they lie outside the areas of its offices: assign anew.',
            ),
          )}
        </p>
      )}
    </>
  )
}
