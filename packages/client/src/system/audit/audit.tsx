import { Tabs, Typography } from 'antd'
import { useSpeech, w } from '../../shell/language.tsx'
import { Chains } from './chains.tsx'
import { AccountActs, Events, Looks } from './lists.tsx'

/** What an auditor reads: acts, looks at personal data, accounts, and whether the log is unbroken. */
export default function Audit() {
  const { t } = useSpeech()
  return (
    <>
      <Typography.Title level={3}>{t(w('审计', 'Audit'))}</Typography.Title>
      <Tabs
        items={[
          { key: 'events', label: t(w('操作', 'Acts')), children: <Events /> },
          { key: 'looks', label: t(w('个人信息查阅', 'Looks at personal data')), children: <Looks /> },
          { key: 'accounts', label: t(w('账号', 'Accounts')), children: <AccountActs /> },
          { key: 'chains', label: t(w('完整性', 'Integrity')), children: <Chains /> },
        ]}
      />
    </>
  )
}
