import { RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { Flex, Typography } from 'antd'
import { DraftBulletin } from './draft-bulletin.tsx'

/** All bulletins; one button drafts the next from the scoreboard. */
export default function Bulletins() {
  const { t } = useSpeech()
  const { registry, has } = usePlace()
  const def = registry.records.get('bulletin')
  if (!def) return null
  return (
    <Flex vertical gap={8}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <Typography.Title level={3}>{t(w('通报', 'Bulletins'))}</Typography.Title>
        {has('supervision-office') && <DraftBulletin />}
      </Flex>
      {/* Whoever neither writes nor decides has nothing to do with a draft. */}
      <RecordList
        def={def}
        {...(has('supervision-office', 'leader', 'duty-officer', 'auditor') ? {} : { fixed: { state: 'published' } })}
      />
    </Flex>
  )
}
