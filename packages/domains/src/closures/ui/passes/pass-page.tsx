import { PrinterOutlined } from '@ant-design/icons'
import { Actions, Loaded, Timeline, usePlace, useRecord, useSpeech, w } from '@guatu/client'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Card, Flex } from 'antd'
import { PassCard } from './pass-card.tsx'
import '../closures.css'

/** One pass, as it is shown on a phone and printed on paper. */
export default function PassPage() {
  const { id } = useParams({ strict: false })
  const { t } = useSpeech()
  const { registry } = usePlace()
  const query = useRecord('pass', id)
  const def = registry.records.get('pass')
  if (!def) return null
  return (
    <Loaded query={query}>
      {(row) => (
        <Flex vertical gap={12}>
          <Flex gap={8} wrap align="center" className="no-print">
            <Link to="/passes">{t(w('← 全部通行证', '← All passes'))}</Link>
            <Actions def={def} row={row} />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              {t(w('打印', 'Print'))}
            </Button>
          </Flex>
          <div className="pass-sheet">
            <PassCard row={row} />
          </div>
          <Card size="small" title={t(w('办理记录', 'What was done'))} className="no-print">
            <Timeline def={def} id={row.id} />
          </Card>
        </Flex>
      )}
    </Loaded>
  )
}
