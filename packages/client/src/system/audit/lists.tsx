import { CORRECT, type DomainEvent, type Label, MOVE } from '@guatu/kernel'
import { FieldView } from '../../kinds/view.tsx'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { List } from './list.tsx'

function useTime() {
  const { lang } = useSpeech()
  const { at } = usePlace()
  return (iso: string) =>
    new Date(iso).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: at.zone, dateStyle: 'medium', timeStyle: 'medium' })
}

const BUILT_IN: Readonly<Record<string, Label>> = { [CORRECT]: w('更正', 'Correction'), [MOVE]: w('调整区划', 'Moved') }

export function Events() {
  const { t } = useSpeech()
  const { registry, named } = usePlace()
  const time = useTime()
  const label = (event: DomainEvent) => {
    const found = registry.records.get(event.record)?.actions[event.action]?.label ?? BUILT_IN[event.action]
    return found ? t(found) : event.action
  }
  return (
    <List<DomainEvent>
      what="events"
      by={{ record: true, area: true }}
      columns={(nameOf) => [
        { title: t(w('录入时间', 'Recorded')), render: (_, one) => time(one.recordedAt) },
        { title: t(w('操作人', 'By')), render: (_, one) => <span title={one.actor}>{nameOf(one.actor)}</span> },
        { title: t(w('台账', 'Record')), render: (_, one) => t(registry.records.get(one.record)?.label ?? w(one.record, one.record)) },
        { title: t(w('操作', 'Act')), render: (_, one) => label(one) },
        { title: t(w('区划', 'Area')), render: (_, one) => named(one.area) },
      ]}
      detail={(event) => <Detail event={event} />}
    />
  )
}

function Detail({ event }: { readonly event: DomainEvent }) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get(event.record)
  return (
    <dl className="facts">
      <div>
        <dt>{t(w('编号', 'Id'))}</dt>
        <dd>
          {event.recordId} · {event.actor}
        </dd>
      </div>
      {Object.entries(event.input).map(([name, value]) => {
        const field = def?.fields[name] ?? def?.actions[event.action]?.with?.[name]
        return field && value !== null ? (
          <div key={name}>
            <dt>{t(field.label)}</dt>
            <dd>
              <FieldView field={field} value={value} name={name} />
            </dd>
          </div>
        ) : null
      })}
    </dl>
  )
}

interface Look {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly what: string
  readonly record: string | null
  readonly recordId: string | null
  readonly purpose: string | null
  readonly rows: number | null
}
const LOOKS: Readonly<Record<string, Label>> = {
  reveal: w('查看明文', 'Revealed'),
  export: w('导出', 'Exported'),
  'export-in-clear': w('明文导出', 'Exported in clear'),
  file: w('下载附件', 'Saved a file'),
  search: w('检索', 'Searched'),
}

export function Looks() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const time = useTime()
  return (
    <List<Look>
      what="looks"
      by={{ record: true }}
      columns={(nameOf) => [
        { title: t(w('时间', 'When')), render: (_, one) => time(one.at) },
        { title: t(w('查阅人', 'Who')), render: (_, one) => <span title={one.actor}>{nameOf(one.actor)}</span> },
        { title: t(w('方式', 'How')), render: (_, one) => t(LOOKS[one.what] ?? w(one.what, one.what)) },
        { title: t(w('台账', 'Record')), render: (_, one) => t(registry.records.get(one.record ?? '')?.label ?? w('—', '—')) },
        { title: t(w('条数', 'Rows')), dataIndex: 'rows' },
        { title: t(w('目的', 'Purpose')), render: (_, one) => one.purpose ?? '—' },
      ]}
    />
  )
}

interface AccountAct {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly account: string
  readonly what: string
}
const ACCOUNT_ACTS: Readonly<Record<string, Label>> = {
  added: w('新建', 'Added'),
  granted: w('授权', 'Granted'),
  'grant-ended': w('终止授权', 'Grant ended'),
  'granted-again': w('改授', 'Granted again'),
  'password-reset': w('重置密码', 'Password reset'),
  'password-changed': w('修改密码', 'Password changed'),
  locked: w('锁定', 'Locked'),
  unlocked: w('解除锁定', 'Unlocked'),
  closed: w('停用', 'Closed'),
  opened: w('启用', 'Opened'),
  'second-factor-on': w('开通动态验证码', 'Second factor on'),
  'second-factor-off': w('停用动态验证码', 'Second factor off'),
  'sessions-ended': w('退出设备', 'Sessions ended'),
  'sign-on-ended': w('解除统一认证关联', "Link to the city's sign-on ended"),
  'device-wiped': w('远程清除手机', 'Phone wiped from afar'),
}

export function AccountActs() {
  const { t } = useSpeech()
  const time = useTime()
  return (
    <List<AccountAct>
      what="accounts"
      by={{}}
      columns={(nameOf) => [
        { title: t(w('时间', 'When')), render: (_, one) => time(one.at) },
        { title: t(w('操作人', 'By')), render: (_, one) => nameOf(one.actor) },
        { title: t(w('操作', 'Act')), render: (_, one) => t(ACCOUNT_ACTS[one.what] ?? w(one.what, one.what)) },
        { title: t(w('账号', 'Account')), render: (_, one) => nameOf(one.account) },
      ]}
    />
  )
}
