import { PlusOutlined } from '@ant-design/icons'
import type { Action, AnyRecord, Fields, RecordState } from '@guatu/kernel'
import { Button, Flex, Tag, Typography } from 'antd'
import { useState } from 'react'
import { TitleView } from '../kinds/record-name.tsx'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { ActDialogue } from './act-form.tsx'
import { Facts } from './record-panel.tsx'

/** For whoever enters such records and reads no list of them: the forms, and what the last entry itself was answered. */
export function EnterOnly(props: { readonly def: AnyRecord; readonly makers: readonly (readonly [string, Action<Fields, string>])[] }) {
  const { def, makers } = props
  const { t } = useSpeech()
  const { areas } = usePlace()
  const [making, setMaking] = useState<string>()
  const [entered, setEntered] = useState<RecordState>()
  const state = entered && def.states[entered.state]
  return (
    <Flex vertical gap={12} style={{ maxWidth: 760 }}>
      <Typography.Text type="secondary">
        {t(
          w(
            '您在这里登记，不查看名册；登记后显示结果。',
            'You enter records here and see no list of them; what you entered is shown once it is saved.',
          ),
        )}
      </Typography.Text>
      <Flex gap={8} wrap>
        {makers.map(([maker, action]) => (
          <Button key={maker} type="primary" icon={<PlusOutlined />} onClick={() => setMaking(maker)}>
            {t(action.label)}
          </Button>
        ))}
      </Flex>
      {entered && (
        <section aria-label={t(w('已登记', 'Entered'))}>
          <Flex justify="space-between" align="start" gap={8} wrap>
            <Typography.Title level={4} style={{ margin: 0 }}>
              <TitleView def={def} value={entered.fields[def.title]} />
            </Typography.Title>
            {state && <Tag color="blue">{t(state)}</Tag>}
          </Flex>
          <Typography.Paragraph type="secondary">{areas.get(entered.area)?.name}</Typography.Paragraph>
          <Facts def={def} row={entered} />
        </section>
      )}
      {making && (
        <ActDialogue
          def={def}
          action={making}
          open
          onCancel={() => setMaking(undefined)}
          onDone={({ record }) => {
            setMaking(undefined)
            setEntered(record)
          }}
        />
      )}
    </Flex>
  )
}
