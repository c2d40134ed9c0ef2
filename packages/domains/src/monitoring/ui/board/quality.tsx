import { call, Loaded, usePlace, useSpeech, w } from '@guatu/client'
import { counted } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { Card, List, Typography } from 'antd'

interface Quality {
  readonly day: string
  readonly acts: number
  readonly late: number
  readonly copied: readonly {
    readonly actor: string
    readonly minute: string
    readonly value: string
    readonly records: number
    readonly area: string
  }[]
}

/** How the readings of the day came in: late ones, and the same value for many people by one author in one minute. */
export function ReadingQuality({ area, day }: { readonly area: string; readonly day: string }) {
  const { t } = useSpeech()
  const { areas, me } = usePlace()
  const query = useQuery({
    queryKey: ['quality', area, day],
    queryFn: ({ signal }) => call<Quality>(`/api/watch/quality?${new URLSearchParams({ area, day })}`, { signal }),
  })
  const clock = (instant: string) =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(me.zone).toPlainTime().toString({ smallestUnit: 'minute' })
  return (
    <Card size="small" title={t(w('数据质量', 'Data quality'))}>
      <Loaded query={query}>
        {(found) => (
          <>
            <Typography.Text>
              {t({
                zh: `当日读数${found.acts}次，迟到${found.late}次。`,
                en: `${counted(found.acts, 'reading')} of the day, ${found.late} came late.`,
              })}
            </Typography.Text>
            <List
              size="small"
              dataSource={[...found.copied]}
              locale={{ emptyText: t(w('没有疑似照抄', 'Nothing looks copied')) }}
              renderItem={(one) => (
                <List.Item>
                  {t({
                    zh: `▲ ${areas.get(one.area)?.name ?? ''} ${clock(one.minute)}，同一账号为${one.records}人录入${one.value}℃`,
                    en: `▲ ${areas.get(one.area)?.name ?? ''} ${clock(one.minute)}: one account entered ${one.value} °C for ${one.records} people`,
                  })}
                </List.Item>
              )}
            />
          </>
        )}
      </Loaded>
    </Card>
  )
}
