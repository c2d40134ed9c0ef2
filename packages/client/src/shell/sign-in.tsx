import type { Label } from '@guatu/kernel'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { call } from '../api/client.ts'
import { useSpeech, w } from './language.tsx'

const WRONG = w('账号或密码不正确，请核对后重试。', 'Account or password is not right; check and try again.')
const NOT_KNOWN = w(
  '统一认证登录未成功：本系统没有对应的账号，或账号已停用；请联系系统管理员。',
  'The sign-on did not work: there is no such account here, or it is closed; ask the system administrator.',
)
const DECLINED = w(
  '您在统一认证处取消了登录；请重新登录，或使用账号和密码。',
  'You called the sign-on off; sign in again, or use account and password.',
)
const BROKEN_OFF = w('统一认证登录中断或已超时，请重新登录。', 'The sign-on was broken off or took too long; sign in again.')
/** What the sign-on gives as its reason, where nothing is wrong with the account. */
const REASONS: Readonly<Record<string, Label>> = {
  access_denied: DECLINED,
  state_mismatch: BROKEN_OFF,
  state_not_found: BROKEN_OFF,
  please_restart_the_process: BROKEN_OFF,
  no_code: BROKEN_OFF,
  invalid_code: BROKEN_OFF,
}

/** Why somebody was sent back from the city's sign-on, if they were. */
function sentBack(search: string): Label | undefined {
  const asked = new URLSearchParams(search)
  return asked.has('sign-on') ? (REASONS[asked.get('error') ?? ''] ?? NOT_KNOWN) : undefined
}
const UNREACHED = w('连接不上服务器，请检查网络后重试。', 'The server cannot be reached; check the network and try again.')

async function post(
  path: string,
  body: unknown,
): Promise<{ status: number; body: { twoFactorRedirect?: boolean; url?: string; message?: Label } }> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json().catch(() => ({})) }
}

/** Sign-in with account and password, and the second factor where the account has one. */
export function SignIn() {
  const { t, lang, setLang } = useSpeech()
  const client = useQueryClient()
  const [problem, setProblem] = useState<Label | undefined>(() => sentBack(window.location.search))
  const [busy, setBusy] = useState(false)
  const [second, setSecond] = useState(false)
  const [backup, setBackup] = useState(false)
  const options = useQuery({
    queryKey: ['sign-in-options'],
    queryFn: () => call<{ signOn: { provider: string; label: string } | null }>('/api/auth/options'),
  })
  const signOn = options.data?.signOn

  const send = async (path: string, body: unknown) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await post(path, body)
      if (answer.status !== 200) setProblem(answer.body.message ?? WRONG)
      else if (answer.body.url) window.location.assign(answer.body.url)
      else if (answer.body.twoFactorRedirect) setSecond(true)
      else await client.resetQueries()
    } catch {
      setProblem(UNREACHED)
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className="sign-in">
      <Card className="sign-in-card">
        <Typography.Title level={1} className="brand">
          挂图 <span>Guatu</span>
        </Typography.Title>
        <Typography.Paragraph type="secondary">
          {t(w('城市疫情防控与复工复产指挥系统', 'Command system of a city in an outbreak and in recovery'))}
        </Typography.Paragraph>
        {problem && <Alert type="error" showIcon title={t(problem)} role="alert" style={{ marginBottom: 16 }} />}
        {second ? (
          <Form
            layout="vertical"
            onFinish={(values) => void send(backup ? 'two-factor/verify-backup-code' : 'two-factor/verify-totp', values)}
          >
            <Form.Item
              name="code"
              label={t(backup ? w('备用码', 'Backup code') : w('动态验证码', 'One-time code'))}
              rules={[{ required: true, message: t(w('请输入验证码', 'Enter the code')) }]}
            >
              <Input autoFocus inputMode={backup ? 'text' : 'numeric'} autoComplete="one-time-code" maxLength={backup ? 20 : 6} />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={busy}>
              {t(w('验证', 'Verify'))}
            </Button>
            <Button type="link" onClick={() => setBackup(!backup)} style={{ paddingInline: 0 }}>
              {t(backup ? w('用验证器', 'Use the authenticator') : w('没有手机？用备用码', 'No phone? Use a backup code'))}
            </Button>
          </Form>
        ) : (
          <Form layout="vertical" onFinish={(values) => void send('sign-in/username', values)}>
            <Form.Item
              name="username"
              label={t(w('账号', 'Account'))}
              rules={[{ required: true, message: t(w('请输入账号', 'Enter your account')) }]}
            >
              <Input autoFocus autoComplete="username" />
            </Form.Item>
            <Form.Item
              name="password"
              label={t(w('密码', 'Password'))}
              rules={[{ required: true, message: t(w('请输入密码', 'Enter your password')) }]}
            >
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={busy}>
              {t(w('登录', 'Sign in'))}
            </Button>
          </Form>
        )}
        {signOn && !second && (
          <Button
            block
            style={{ marginTop: 8 }}
            onClick={() =>
              void send('sign-in/social', { provider: signOn.provider, callbackURL: '/', errorCallbackURL: '/?sign-on=failed' })
            }
          >
            {signOn.label || t(w('统一身份认证登录', 'Sign in by the city sign-on'))}
          </Button>
        )}
        <Button type="link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')} className="sign-in-lang">
          {lang === 'zh' ? 'English' : '中文'}
        </Button>
      </Card>
    </main>
  )
}
