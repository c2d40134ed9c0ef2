import { fullDayWords } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { Card, DatePicker, Flex, Table, Typography } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Loaded } from '../../shell/states.tsx'

interface Share {
  readonly numerator: number
  readonly denominator: number
}
interface AreaFigures {
  readonly day: string
  readonly counted: string
  readonly sources: readonly (Share & { readonly area: string; readonly name: string; readonly scope: 'branch' | 'own' })[]
  readonly figures: readonly (Share & { readonly indicator: string; readonly per?: Share })[]
}

/** Today's area over the figures of the old ones: choose the day counted, see the figures and of which old areas they are made. */
export function AreaOver({ id }: { readonly id: string }) {
  const { t, lang } = useSpeech()
  const { registry, day, today } = usePlace()
  const [counted, setCounted] = useState(day)
  const query = useQuery({
    queryKey: ['board', 'over', id, day, counted],
    queryFn: ({ signal }) =>
      call<AreaFigures>(`/api/areas/${encodeURIComponent(id)}/figures?${new URLSearchParams({ day, counted })}`, { signal }),
  })
  const number = ({ numerator, denominator }: Share) =>
    (numerator / denominator).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: 1 })
  return (
    <Card
      size="small"
      title={t({ zh: `按${fullDayWords(day).zh}的区划统计`, en: `Within its boundaries of ${fullDayWords(day).en}` })}
      extra={
        <Flex gap={8} align="center">
          <span>{t(w('统计日', 'Counted on'))}</span>
          <DatePicker
            size="small"
            allowClear={false}
            value={dayjs(counted)}
            maxDate={dayjs(today)}
            aria-label={t(w('统计日', 'Counted on'))}
            onChange={(next) => next && setCounted(next.format('YYYY-MM-DD'))}
          />
        </Flex>
      }
    >
      <Loaded query={query}>
        {({ figures, sources }) => (
          <Flex vertical gap={8}>
            <Table
              size="small"
              rowKey="indicator"
              pagination={false}
              dataSource={[...figures]}
              columns={[
                {
                  title: t(w('指标', 'Indicator')),
                  render: (_, one) => t(registry.indicators.get(one.indicator)?.label ?? w(one.indicator, one.indicator)),
                },
                {
                  title: t(w('数值', 'Figure')),
                  align: 'right',
                  render: (_, one) => (one.per ? `${number(one)} / ${number(one.per)}` : number(one)),
                },
              ]}
            />
            <Typography.Text type="secondary">
              {sources.length === 1 && sources[0]?.area === id
                ? t(w('该日区划与今天相同。', 'On that day its boundaries were the same.'))
                : t({
                    zh: `由当时的${sources.length}个区划合成：${sources.map(described('zh')).join('；')}。`,
                    en: `Made of ${sources.length} areas of that day: ${sources.map(described('en')).join('; ')}.`,
                  })}
            </Typography.Text>
          </Flex>
        )}
      </Loaded>
    </Card>
  )
}

const described =
  (lang: 'zh' | 'en') =>
  ({ name, numerator, denominator, scope }: AreaFigures['sources'][number]): string => {
    const share = numerator === denominator ? '' : ` ${Math.round((numerator / denominator) * 100)}%`
    const own = scope === 'own' ? (lang === 'zh' ? '（本级）' : ' (its own)') : ''
    return `${name}${own}${share}`
  }
