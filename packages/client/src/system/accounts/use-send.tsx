import type { ROLES } from '@guatu/kernel'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Typography } from 'antd'
import { asProblem, call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'

export interface Grant {
  readonly id: string
  readonly role: keyof typeof ROLES
  readonly area: string
  readonly unit: string | null
  readonly from: string
  readonly to: string | null
  /** Where its area ended or is going to: from which day on, and what takes its place. */
  readonly ended?: { readonly day: string; readonly successors: readonly Successor[] }
}
export interface Successor {
  readonly area: string
  /** It holds what was not there before, too. */
  readonly further: boolean
  /** It is of a higher level than the area that ended. */
  readonly above: boolean
  /** The account has the same role there already. */
  readonly held: boolean
}
export interface Listed {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly closed: boolean
  readonly locked: boolean
  readonly secondFactor: boolean
  readonly mustChange: boolean
  readonly sessions: number
  /** People of the city's own sign-on who come in as this account. */
  readonly signOn: number
  readonly grants: readonly Grant[]
}

/** Sends one change of an account; a password that the server made is shown once. */
export function useSend() {
  const client = useQueryClient()
  const { message, modal } = App.useApp()
  const { t } = useSpeech()
  return useMutation({
    mutationFn: ({ path, body = {} }: { path: string; body?: object }) => call<{ password?: string }>(`/api/accounts${path}`, { body }),
    onSuccess: ({ password }) => {
      if (password)
        modal.info({
          title: t(w('初始密码（只显示这一次）', 'First password (shown only now)')),
          content: <Typography.Text copyable>{password}</Typography.Text>,
        })
      return client.invalidateQueries({ queryKey: ['accounts'] })
    },
    onError: (error) => void message.error(t(asProblem(error).message)),
  })
}
