import { PrinterOutlined } from '@ant-design/icons'
import { Loaded, useRecords, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Button, Empty, Flex } from 'antd'
import { PassCard } from './pass-card.tsx'
import '../closures.css'

/** Valid passes of one's own area, eight to an A4 page, to be cut and handed out. */
export default function PrintSheet() {
  const { t } = useSpeech()
  const query = useRecords('pass', { state: 'issued', limit: '200' })
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap align="center" className="no-print">
        <Link to="/passes">{t(w('← 全部通行证', '← All passes'))}</Link>
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t(w('打印', 'Print'))}
        </Button>
      </Flex>
      <Loaded query={query}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.rows)
          return rows.length === 0 ? (
            <Empty description={t(w('没有有效的通行证', 'No valid passes'))} />
          ) : (
            <div className="pass-sheet">
              {rows.map((row) => (
                <PassCard key={row.id} row={row} />
              ))}
            </div>
          )
        }}
      </Loaded>
    </Flex>
  )
}
