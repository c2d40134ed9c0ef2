import { fullDayWords, ROLES } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, Flex, Input, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Loaded } from '../../shell/states.tsx'
import { useClosing, useEnding } from './closing.tsx'
import { ToGrantAgain, useInPlace } from './ended.tsx'
import { GrantAgain } from './grant-again.tsx'
import { GrantDialogue } from './grant-dialogue.tsx'
import { useOpening } from './opening.tsx'
import { type Listed, useSend } from './use-send.tsx'

const ACTS = {
  reset: w('重置密码', 'Reset password'),
  unlock: w('解除锁定', 'Unlock'),
  'end-sessions': w('退出所有设备', 'End all sessions'),
  'end-sign-on': w('解除统一认证关联', "End links to the city's sign-on"),
  'remove-second-factor': w('停用动态验证码', 'Remove second factor'),
  close: w('停用账号', 'Close account'),
  open: w('启用账号', 'Open account'),
}

const offered = (act: keyof typeof ACTS, { closed, locked, signOn }: Listed): boolean =>
  ({ close: !closed, open: closed, unlock: locked, 'end-sign-on': signOn > 0 })[act as string] ?? true

/** Accounts and what they may do, for the system administrator. */
export default function Accounts() {
  const { t } = useSpeech()
  const { me } = usePlace()
  const [text, setText] = useState('')
  const [after, setAfter] = useState('')
  const [granting, setGranting] = useState<Listed | 'new'>()
  const send = useSend()
  const asked = { close: useClosing(), open: useOpening() }
  const query = useQuery({
    queryKey: ['accounts', text, after],
    queryFn: () => call<{ accounts: readonly Listed[]; next?: string }>(`/api/accounts?${new URLSearchParams({ q: text, after })}`),
  })
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={3}>{t(w('账号', 'Accounts'))}</Typography.Title>
      <Flex gap={8} wrap>
        <Input.Search
          allowClear
          style={{ width: 240 }}
          placeholder={t(w('账号或姓名', 'Account or name'))}
          aria-label={t(w('账号或姓名', 'Account or name'))}
          onSearch={(value) => {
            setAfter('')
            setText(value)
          }}
        />
        <Button type="primary" onClick={() => setGranting('new')}>
          {t(w('新建账号', 'New account'))}
        </Button>
      </Flex>
      <ToGrantAgain />
      <Loaded query={query}>
        {({ accounts, next }) => (
          <>
            <Table<Listed>
              size="small"
              rowKey="id"
              pagination={false}
              scroll={{ x: 'max-content' }}
              dataSource={[...accounts]}
              columns={[
                { title: t(w('账号', 'Account')), dataIndex: 'username' },
                { title: t(w('姓名', 'Name')), dataIndex: 'name' },
                { title: t(w('授权', 'Grants')), render: (_, one) => <Grants of={one} /> },
                { title: t(w('状态', 'State')), render: (_, one) => <State of={one} /> },
                {
                  render: (_, one) =>
                    one.id === me.id ? null : (
                      <Flex gap={4}>
                        <Button size="small" onClick={() => setGranting(one)}>
                          {t(w('授权', 'Grant'))}
                        </Button>
                        <Dropdown
                          menu={{
                            items: (Object.keys(ACTS) as (keyof typeof ACTS)[])
                              .filter((act) => offered(act, one))
                              .map((act) => ({
                                key: act,
                                label: t(ACTS[act]),
                                onClick: () =>
                                  act === 'close' || act === 'open' ? asked[act].mutate(one) : send.mutate({ path: `/${one.id}/${act}` }),
                              })),
                          }}
                        >
                          <Button size="small">{t(w('更多', 'More'))}</Button>
                        </Dropdown>
                      </Flex>
                    ),
                },
              ]}
            />
            {(next !== undefined || after !== '') && (
              <Flex gap={8}>
                <Button disabled={after === ''} onClick={() => setAfter('')}>
                  {t(w('第一页', 'First page'))}
                </Button>
                <Button disabled={next === undefined} onClick={() => setAfter(next ?? '')}>
                  {t(w('下一页', 'Next page'))}
                </Button>
              </Flex>
            )}
          </>
        )}
      </Loaded>
      {granting && <GrantDialogue of={granting} close={() => setGranting(undefined)} />}
    </Flex>
  )
}

function State({ of }: { readonly of: Listed }) {
  const { t } = useSpeech()
  return (
    <>
      {of.closed && <Tag color="red">{t(w('已停用', 'closed'))}</Tag>}
      {of.locked && <Tag color="orange">{t(w('已锁定', 'locked'))}</Tag>}
      {of.mustChange && <Tag>{t(w('待改密码', 'must change password'))}</Tag>}
      {of.secondFactor && <Tag color="green">{t(w('动态验证码', 'second factor'))}</Tag>}
      {of.signOn > 0 && (
        <Tag color="purple">
          {t({
            zh: `统一认证关联${of.signOn}人`,
            en: of.signOn === 1 ? "linked to the city's sign-on" : `${of.signOn} people of the city's sign-on`,
          })}
        </Tag>
      )}
      {of.sessions > 0 && (
        <Tag color="blue">{t({ zh: `在线设备${of.sessions}`, en: of.sessions === 1 ? '1 session' : `${of.sessions} sessions` })}</Tag>
      )}
    </>
  )
}

function Grants({ of }: { readonly of: Listed }) {
  const { t } = useSpeech()
  const { named, today, me } = usePlace()
  const inPlace = useInPlace()
  const end = useEnding()
  return (
    <Flex vertical gap={2}>
      {of.grants.map((one) => {
        const over = one.to !== null && one.to < today
        return (
          <Flex key={one.id} gap={6} align="center" wrap>
            <Typography.Text delete={over} {...(over ? { type: 'secondary' as const } : {})}>
              {t(ROLES[one.role])} · {named(one.area)}
              {one.unit && ` · ${named(one.unit)}`}
              {one.from > '2000-01-01' && ` · ${t(w(`${fullDayWords(one.from).zh}起`, `from ${fullDayWords(one.from).en}`))}`}
              {one.to && ` · ${t(w(`至${fullDayWords(one.to).zh}`, `until ${fullDayWords(one.to).en}`))}`}
            </Typography.Text>
            {!over && one.ended && (
              <Tag color="orange" style={{ whiteSpace: 'normal' }}>
                {inPlace(one.ended)}
              </Tag>
            )}
            {!over && one.ended && one.ended.day <= today && of.id !== me.id && <GrantAgain of={of} grant={one} />}
            {!over && of.id !== me.id && (
              <Button size="small" type="link" danger onClick={() => end.mutate({ of, grant: one })}>
                {t(w('终止', 'End'))}
              </Button>
            )}
          </Flex>
        )
      })}
    </Flex>
  )
}
