import type { AnyRecord, Problem } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Alert, Space } from 'antd'
import { useEffect, useRef } from 'react'
import { RecordName } from '../kinds/record-name.tsx'
import { useSpeech } from '../shell/language.tsx'

/** Why an act was refused; where another record stands in its way, the way to that one. A long form ends far below it: it comes into sight. */
export function Refusal({ def, problem: { message, data } }: { readonly def: AnyRecord; readonly problem: Problem }) {
  const { t } = useSpeech()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const of = typeof data?.record === 'string' ? data.record : def.name
  // Somebody who was merged is somebody else by now: the way leads to that person too.
  const ways = [[of, data?.id] as const, ['person', data?.person] as const].filter(
    (way): way is [string, string] => typeof way[1] === 'string',
  )
  return (
    <div ref={box} style={{ marginBottom: 16, scrollMarginBlock: 56 }}>
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t(message)}
        {...(ways.length > 0
          ? {
              description: (
                <Space direction="vertical" size={0}>
                  {ways.map(([record, id]) => (
                    <Link key={id} to={`/records/${record}/${id}`}>
                      <RecordName of={record} id={id} />
                    </Link>
                  ))}
                </Space>
              ),
            }
          : {})}
      />
    </div>
  )
}
