import { type Row, usePlace, useSpeech, w } from '@guatu/client'
import { Flex, Tag, Typography } from 'antd'
import { DOMAINS } from '../../communique/index.ts'

/** A directive that can no longer be changed, or that is not this reader's to change: the same facts, as words. */
export function DirectiveFacts({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { named, registry } = usePlace()
  const f = row.fields
  const domain = DOMAINS.find((one) => one.code === f.domain)
  const conditions = Array.isArray(f.conditions) ? f.conditions.map(String) : []
  const assisting = Array.isArray(f.assisting) ? f.assisting.map(named) : []
  const indicators = (Array.isArray(f.indicators) ? f.indicators.map(String) : []).map((id) => {
    const known = registry.indicators.get(id)
    return known ? t(known.label) : id
  })
  const facts = [
    [w('领域', 'Domain'), domain && t(domain)],
    [w('条件', 'Conditions'), conditions.join(t(w('；', '; ')))],
    [w('牵头单位', 'Lead unit'), f.lead === undefined ? undefined : named(f.lead)],
    [w('协办单位', 'Assisting units'), assisting.join(t(w('、', ', ')))],
    [w('时限', 'Due'), f.due],
    [w('时限原文', 'Deadline in words'), f.deadline],
    [w('指标', 'Indicators'), indicators.join(t(w('、', ', ')))],
  ] as const
  return (
    <Flex vertical gap={4}>
      <Typography.Text strong delete={row.state === 'dropped'}>
        {String(f.action)}
      </Typography.Text>
      {f.soft === true && (
        <span>
          <Tag>{t(w('原则性要求，不立项', 'Soft: becomes no task'))}</Tag>
        </span>
      )}
      <dl className="facts">
        {facts.map(([label, value]) =>
          value ? (
            <div key={label.en}>
              <dt>{t(label)}</dt>
              <dd>{String(value)}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Flex>
  )
}
