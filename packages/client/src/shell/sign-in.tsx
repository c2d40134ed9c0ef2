import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { useSpeech, w } from './language.tsx'

const WRONG = w('账号或密码不正确，请核对后重试。', 'Account or password is not right; check and try again.')
const LOCKED = w('尝试次数过多，请15分钟后再试或联系管理员。', 'Too many attempts; try again in 15 minutes or ask the administrator.')
const UNREACHED = w('连接不上服务器，请检查网络后重试。', 'The server cannot be reached; check the network and try again.')

async function post(path: string, body: unknown): Promise<{ status: number; body: { twoFactorRedirect?: boolean } }> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: response.ok ? await response.json() : {} }
}

/** Sign-in with account and password, and the second factor where the account has one. */
export function SignIn() {
  const { t, lang, setLang } = useSpeech()
  const client = useQueryClient()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [second, setSecond] = useState(false)

  const send = async (path: string, body: unknown) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await post(path, body)
      if (answer.status === 429 || answer.status === 423) setProblem(t(LOCKED))
      else if (answer.status !== 200)
        setProblem(t(second ? w('验证码不正确，请重新输入。', 'The code is not right; enter it again.') : WRONG))
      else if (answer.body.twoFactorRedirect) setSecond(true)
      else await client.resetQueries()
    } catch {
      setProblem(t(UNREACHED))
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
        {problem && <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />}
        {second ? (
          <Form layout="vertical" onFinish={(values) => void send('two-factor/verify-totp', values)}>
            <Form.Item
              name="code"
              label={t(w('动态验证码', 'One-time code'))}
              rules={[{ required: true, message: t(w('请输入6位验证码', 'Enter the 6 digits')) }]}
            >
              <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={busy}>
              {t(w('验证', 'Verify'))}
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
        <Button type="link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')} className="sign-in-lang">
          {lang === 'zh' ? 'English' : '中文'}
        </Button>
      </Card>
    </main>
  )
}
