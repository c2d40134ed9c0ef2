import { ROLES } from '@guatu/kernel'
import { Flex, Select, Typography } from 'antd'
import { useState } from 'react'
import { useColleagues } from '../../api/colleagues.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { AccountName } from '../account-name.tsx'
import { type InputProps, text } from './props.ts'
import { useSettled } from './settled.ts'

/** Somebody who works in one's own area, found by name; kept by the name they sign in with. */
export function AccountInput({ id, value, onChange, autoFocus }: InputProps) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const [typed, setTyped] = useState('')
  const [opened, setOpened] = useState(false)
  const word = useSettled(typed)
  const query = useColleagues(word, opened)
  return (
    <Select
      id={id ?? ''}
      value={value === undefined || value === null ? null : text(value)}
      autoFocus={autoFocus ?? false}
      allowClear
      placeholder={t(w('姓名或账号', 'Name or account'))}
      options={(query.data ?? []).map(({ username, name, role, area }) => ({
        value: username,
        label: (
          <Flex gap={8} justify="space-between">
            <span>
              {name}（{username}）
            </span>
            <Typography.Text type="secondary">
              {role && t(ROLES[role])} {area && areas.get(area)?.name}
            </Typography.Text>
          </Flex>
        ),
      }))}
      labelRender={({ value: chosen }) => <AccountName account={String(chosen)} />}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={query.isFetching}
      notFoundContent={query.isFetching ? t(w('正在查找…', 'Looking…')) : t(w('本辖区没有这样的账号', 'No such account in your area'))}
      onOpenChange={setOpened}
      onChange={(next) => onChange?.(next ?? undefined)}
    />
  )
}
