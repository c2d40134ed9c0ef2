import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Flex, Form, Input, List, QRCode, Tag, Typography } from 'antd'
import { useState } from 'react'
import { asProblem, call } from '../api/client.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { Loaded } from '../shell/states.tsx'
import { deviceOf } from './device.ts'

interface Own {
  readonly username: string
  readonly name: string
  readonly secondFactor: boolean
  readonly passwordLength: number
  readonly pending?: 'password' | 'second-factor'
  readonly sessions: readonly { readonly id: string; readonly begun: string; readonly device: string | null; readonly current: boolean }[]
}
interface Enrolment {
  readonly uri: string
  readonly secret: string
  readonly backupCodes: readonly string[]
}

/** Sends something about the own account, says how it went, and reads the account again. */
function useSend<T>() {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useSpeech()
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body: Readonly<Record<string, unknown>> }) => call<T>(`/api/account/${path}`, { body }),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['account'] }), client.invalidateQueries({ queryKey: ['me'] })]),
    onError: (error) => void message.error(t(asProblem(error).message)),
  })
}

/** The own account: password, second factor, and where one is signed in. */
export default function Account() {
  const { t } = useSpeech()
  const query = useQuery({ queryKey: ['account'], queryFn: () => call<Own>('/api/account') })
  return (
    <Loaded query={query}>
      {(own) => (
        <Flex vertical gap={12} style={{ maxWidth: 720 }}>
          <Typography.Title level={3}>{t(w('我的账号', 'My account'))}</Typography.Title>
          <Typography.Text type="secondary">
            {own.name} · {own.username}
          </Typography.Text>
          {own.pending === 'password' && (
            <Alert type="warning" showIcon title={t(w('请先设置自己的密码。', 'First set a password of your own.'))} />
          )}
          {own.pending === 'second-factor' && (
            <Alert type="warning" showIcon title={t(w('您的角色须先开通动态验证码。', 'Your role needs a second factor first.'))} />
          )}
          <PasswordCard shortest={own.passwordLength} />
          <SecondFactorCard on={own.secondFactor} />
          <SessionsCard sessions={own.sessions} />
        </Flex>
      )}
    </Loaded>
  )
}

function PasswordCard({ shortest }: { readonly shortest: number }) {
  const { t } = useSpeech()
  const { message } = App.useApp()
  const send = useSend()
  const [form] = Form.useForm<{ current: string; next: string; again: string }>()
  const required = { required: true, message: t(w('请填写', 'Fill this in')) }
  const change = async ({ current, next }: { current: string; next: string }) => {
    await send.mutateAsync({ path: 'password', body: { current, next } }).then(
      () => {
        form.resetFields()
        void message.success(t(w('密码已修改，其他设备已退出。', 'The password is changed; other devices are signed out.')))
      },
      () => undefined,
    )
  }
  return (
    <Card size="small" title={t(w('密码', 'Password'))}>
      <Form form={form} layout="vertical" onFinish={(values) => void change(values)}>
        <Form.Item name="current" label={t(w('当前密码', 'Current password'))} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="next"
          label={t(w('新密码', 'New password'))}
          extra={t({ zh: `至少${shortest}个字符，不用常见密码。`, en: `At least ${shortest} characters, none of the commonest.` })}
          rules={[required, { min: shortest, message: t({ zh: `至少${shortest}个字符`, en: `At least ${shortest} characters` }) }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t(w('再次输入', 'Once more'))}
          dependencies={['next']}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('next')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t(w('两次输入不一致', 'The two are not the same')))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t(w('修改密码', 'Change password'))}
        </Button>
      </Form>
    </Card>
  )
}

function SecondFactorCard({ on }: { readonly on: boolean }) {
  const { t } = useSpeech()
  const begin = useSend<Enrolment>()
  const send = useSend()
  const [enrolment, setEnrolment] = useState<Enrolment>()
  const byPassword = async ({ password }: { password: string }) => {
    if (on) await send.mutateAsync({ path: 'second-factor/end', body: { password } }).catch(() => undefined)
    else setEnrolment(await begin.mutateAsync({ path: 'second-factor', body: { password } }).catch(() => undefined))
  }
  const confirm = async ({ code }: { code: string }) => {
    await send.mutateAsync({ path: 'second-factor/confirm', body: { code } }).then(
      () => setEnrolment(undefined),
      () => undefined,
    )
  }
  return (
    <Card
      size="small"
      title={t(w('动态验证码', 'Second factor'))}
      extra={<Tag color={on ? 'green' : 'default'}>{on ? t(w('已开通', 'On')) : t(w('未开通', 'Off'))}</Tag>}
    >
      {enrolment && !on ? (
        <Flex vertical gap={8}>
          <Typography.Text>
            {t(w('用验证器应用扫描二维码，再输入显示的6位数字。', 'Scan with an authenticator, then enter the 6 digits it shows.'))}
          </Typography.Text>
          <QRCode value={enrolment.uri} type="svg" />
          <Typography.Text copyable={{ text: enrolment.secret }}>
            {t(w('手工输入：', 'By hand: '))}
            <code style={{ overflowWrap: 'anywhere' }}>{enrolment.secret}</code>
          </Typography.Text>
          <Typography.Text strong>
            {t(
              w(
                '备用码（每个只能用一次，请抄下来，离开后不再显示）',
                'Backup codes (each works once; write them down, they are not shown again)',
              ),
            )}
          </Typography.Text>
          <code>{enrolment.backupCodes.join('  ')}</code>
          <Form layout="inline" onFinish={(values: { code: string }) => void confirm(values)}>
            <Form.Item name="code" label={t(w('验证码', 'Code'))} rules={[{ required: true, message: '' }]}>
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              {t(w('确认开通', 'Confirm'))}
            </Button>
          </Form>
        </Flex>
      ) : (
        <Form layout="inline" key={String(on)} onFinish={(values: { password: string }) => void byPassword(values)}>
          <Form.Item name="password" label={t(w('当前密码', 'Current password'))} rules={[{ required: true, message: '' }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button htmlType="submit" danger={on} loading={begin.isPending || send.isPending}>
            {on ? t(w('停用', 'Switch off')) : t(w('开通', 'Set up'))}
          </Button>
        </Form>
      )}
    </Card>
  )
}

function SessionsCard({ sessions }: { readonly sessions: Own['sessions'] }) {
  const { t, lang } = useSpeech()
  const send = useSend()
  const end = (path: string) => send.mutate({ path, body: {} })
  return (
    <Card
      size="small"
      title={t(w('已登录的设备', 'Where you are signed in'))}
      extra={
        sessions.length > 1 && (
          <Button size="small" onClick={() => end('sessions/end-others')}>
            {t(w('退出其他设备', 'Sign out the others'))}
          </Button>
        )
      }
    >
      <List
        size="small"
        dataSource={[...sessions]}
        renderItem={(one) => (
          <List.Item
            actions={
              one.current
                ? [<Tag key="this">{t(w('本机', 'this one'))}</Tag>]
                : [
                    <Button key="end" size="small" onClick={() => end(`sessions/${one.id}/end`)}>
                      {t(w('退出', 'End'))}
                    </Button>,
                  ]
            }
          >
            <List.Item.Meta
              title={new Date(one.begun).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' })}
              description={
                <span style={{ overflowWrap: 'anywhere' }}>{one.device ? deviceOf(one.device) : t(w('未知设备', 'Unknown device'))}</span>
              }
            />
          </List.Item>
        )}
      />
    </Card>
  )
}
