import { RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Flex, Typography } from 'antd'
import './daily.css'

/** All bulletins for the public; each is drafted from a frozen daily report. */
export default function PublicBulletins() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('publicBulletin')
  if (!def) return null
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(w('公众通报', 'Public bulletins'))}</Typography.Title>
      <p className="daily-in-words">
        {t(w('通报从已冻结的', 'A bulletin is drafted from a frozen '))}
        <Link to="/daily">{t(w('疫情日报', 'daily report'))}</Link>
        {t(w('起草；发布后任何人都能在 ', '; once published everybody reads it at '))}
        <a href="/p/bulletins" target="_blank" rel="noreferrer">
          /p/bulletins
        </a>
        {t(w(' 看到。', '.'))}
      </p>
      <RecordList def={def} />
    </Flex>
  )
}
