import { usePlace, useSpeech, w } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { Alert, Flex, Input } from 'antd'
import type { Asked } from './facts.ts'
import type { Checked } from './look.ts'

interface Props {
  readonly checked: Checked
  readonly asked: Asked
  onChange(asked: Asked): void
  onEnter(): void
}

/** What is known of what was shown: the pass, the person, the observation; and two boxes for somebody whom the register does not know. */
export function ShownAlert({ checked, asked, onChange, onEnter }: Props) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const { verdict, person, observed, elsewhere, document } = checked
  const unknown = document !== undefined && person === undefined && elsewhere === undefined
  const lines: readonly Label[] = [
    ...(checked.plate === undefined ? [] : [{ zh: checked.plate, en: checked.plate }]),
    ...(person
      ? [{ zh: `${person.name} · ${areas.get(person.area)?.name ?? ''}`, en: `${person.name} · ${areas.get(person.area)?.name ?? ''}` }]
      : []),
    ...(elsewhere === undefined
      ? []
      : [
          {
            zh: `在${areas.get(elsewhere)?.name ?? ''}登记，登记后自动关联`,
            en: `Registered in ${areas.get(elsewhere)?.name ?? ''}; linked when logged`,
          },
        ]),
    ...(observed
      ? [
          observed.until
            ? { zh: `■ 正在隔离观察，至${observed.until}`, en: `■ Under observation until ${observed.until}` }
            : { zh: '■ 正在隔离观察', en: '■ Under observation' },
        ]
      : []),
    ...(verdict ? [{ zh: `${checked.number ?? ''} ${verdict.why.zh}`, en: `${checked.number ?? ''} ${verdict.why.en}` }] : []),
    ...(checked.shown === 'plate' && !verdict ? [w('该车没有通行证', 'No pass for this vehicle')] : []),
    ...(unknown
      ? [
          checked.offline
            ? w('无网络，登记后联网自动关联或建档', 'Offline: linked or registered when sent')
            : w('未登记：填姓名，登记时一并建档', 'Not registered: write the name, registered when logged'),
        ]
      : []),
  ]
  const bad = observed !== undefined || (verdict !== undefined && !verdict.ok)
  const rest = verdict?.next
    ? { zh: `下次可出行：${verdict.next}`, en: `Next outing: ${verdict.next}` }
    : verdict?.left === undefined
      ? undefined
      : { zh: `本周期还可出行${verdict.left}人次`, en: `${verdict.left} outings left in this period` }
  return (
    <Flex vertical gap={8}>
      <Alert
        type={bad ? 'error' : unknown || (checked.shown === 'plate' && !verdict) ? 'info' : 'success'}
        showIcon
        title={lines.map((one) => t(one)).join(' · ')}
        description={rest && t(rest)}
      />
      {unknown && (
        <Flex gap={8} wrap>
          <Input
            size="large"
            className="gate-name"
            value={asked.name}
            maxLength={60}
            autoComplete="off"
            placeholder={t(w('姓名', 'Name'))}
            aria-label={t(w('姓名', 'Name'))}
            onChange={(e) => onChange({ ...asked, name: e.target.value })}
            onPressEnter={onEnter}
          />
          <Input
            size="large"
            className="gate-name"
            value={asked.phone}
            maxLength={20}
            inputMode="tel"
            autoComplete="off"
            placeholder={t(w('电话', 'Phone'))}
            aria-label={t(w('电话', 'Phone'))}
            onChange={(e) => onChange({ ...asked, phone: e.target.value })}
            onPressEnter={onEnter}
          />
        </Flex>
      )}
    </Flex>
  )
}
