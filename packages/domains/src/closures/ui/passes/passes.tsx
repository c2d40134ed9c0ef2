import { PrinterOutlined } from '@ant-design/icons'
import { RecordList, type Row, usePlace, useSpeech, w } from '@guatu/client'
import { Link } from '@tanstack/react-router'
import { Button, Flex, Typography } from 'antd'
import '../closures.css'

const cells = {
  number: (row: Row) => <Link to={`/passes/${row.id}`}>{String(row.fields.number)}</Link>,
}

/** Passes under closing orders. */
export default function Passes() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('pass')
  if (!def) return null
  return (
    <Flex vertical gap={8}>
      <Flex justify="space-between" wrap gap={8}>
        <Typography.Title level={3}>{t(w('通行证', 'Passes'))}</Typography.Title>
        <Link to="/passes/print">
          <Button icon={<PrinterOutlined />}>{t(w('打印有效通行证', 'Print valid passes'))}</Button>
        </Link>
      </Flex>
      <RecordList
        def={def}
        cells={cells}
        presets={[
          { key: 'valid', label: w('有效', 'Valid'), filters: { state: 'issued' } },
          { key: 'stopped', label: w('停用', 'Stopped'), filters: { state: 'suspended,revoked' } },
          { key: 'withheld', label: w('待收回', 'To take back'), filters: { state: 'withheld' } },
          { key: 'all', label: w('全部', 'All'), filters: {} },
        ]}
      />
    </Flex>
  )
}
