import { type Label, ROLES } from '@guatu/kernel'
import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import { asProblem, call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { type Grant, type Listed, useSend } from './use-send.tsx'

interface Charged {
  readonly record: string
  readonly label: Label
  readonly count: number
}

interface Ending {
  readonly of: Listed
  readonly grant: Grant
}

/** Closes an account once that is confirmed, by whoever was told what it is in charge of. */
export function useClosing() {
  const { message, modal } = App.useApp()
  const { t } = useSpeech()
  const send = useSend()
  return useMutation({
    mutationFn: ({ id }: Listed) => call<{ charges: readonly Charged[] }>(`/api/accounts/${id}/charges`),
    onSuccess: ({ charges }, { id, name, username }) =>
      void modal.confirm({
        title: t({ zh: `停用${name}（${username}）的账号？`, en: `Close the account of ${name} (${username})?` }),
        content: (
          <>
            <p>{t(w('所有设备随即退出。', 'All its sessions end at once.'))}</p>
            {charges.length === 0 ? (
              t(w('该账号没有负责的事项。', 'It is in charge of nothing.'))
            ) : (
              <>
                {t(w('该账号目前负责：', 'It is in charge of:'))}
                <Charges of={charges} />
                {t(
                  w(
                    '停用后包保分工结束；另有分工的由接手人负责，其余显示为无责任人，请乡镇（街道）分工或指派。重新启用时可恢复此后没有另行分工的。',
                    'Once closed, its assignments end. Whoever else is assigned takes over; the rest has nobody in charge: let the town assign somebody. When it is opened again, assignments that nobody was given since can be given back.',
                  ),
                )}
              </>
            )}
          </>
        ),
        okText: t(w('停用账号', 'Close account')),
        okButtonProps: { danger: true },
        cancelText: t(w('再看看', 'Not yet')),
        onOk: () => send.mutate({ path: `/${id}/close` }),
      }),
    onError: (error) => void message.error(t(asProblem(error).message)),
  })
}

/** Ends a grant once that is confirmed, by whoever was told what of the account goes with it. */
export function useEnding() {
  const { message, modal } = App.useApp()
  const { t } = useSpeech()
  const { named } = usePlace()
  const send = useSend()
  return useMutation({
    mutationFn: ({ of: { id }, grant }: Ending) =>
      call<{ charges: readonly Charged[] }>(`/api/accounts/${id}/charges?${new URLSearchParams({ grant: grant.id })}`),
    onSuccess: ({ charges }, { of: { id, name, username }, grant }) => {
      const [role, area] = [ROLES[grant.role], named(grant.area)]
      return void modal.confirm({
        title: t({
          zh: `终止${name}（${username}）在${area}的“${role.zh}”授权？`,
          en: `End the grant “${role.en}” of ${name} (${username}) in ${area}?`,
        }),
        content:
          charges.length === 0 ? (
            t(w('随即生效；该账号没有因此交出的事项。', 'It ends at once. The account is in charge of nothing that goes with it.'))
          ) : (
            <>
              {t(w('随即生效，该账号交出：', 'It ends at once, and the account gives up:'))}
              <Charges of={charges} />
              {t(
                w(
                  '另有分工的由接手人负责，其余显示为无责任人，请乡镇（街道）分工或指派。改任其他角色或区划的，请先授予新的再终止这一项。',
                  'Whoever else is assigned takes over; the rest has nobody in charge: let the town assign somebody. Where the role or the area changes, give the new grant first, then end this one.',
                ),
              )}
            </>
          ),
        okText: t(w('终止授权', 'End the grant')),
        okButtonProps: { danger: true },
        cancelText: t(w('再看看', 'Not yet')),
        onOk: () => send.mutate({ path: `/${id}/grants/${grant.id}/end` }),
      })
    },
    onError: (error) => void message.error(t(asProblem(error).message)),
  })
}

function Charges({ of }: { readonly of: readonly Charged[] }) {
  const { t } = useSpeech()
  return (
    <ul>
      {of.map(({ record, label, count }) => (
        <li key={record}>{t({ zh: `${label.zh}：${count}`, en: `${label.en}: ${count}` })}</li>
      ))}
    </ul>
  )
}
