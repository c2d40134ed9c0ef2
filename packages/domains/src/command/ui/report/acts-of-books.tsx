import { call, Loaded, usePlace, useSpeech, w } from '@guatu/client'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Button, Flex, Segmented, Typography } from 'antd'
import { useState } from 'react'
import { type ActReference, type ActsBehind, momentWords, type ReportFigure } from '../../report/index.ts'

interface Opens {
  onOpen(of: { record: string; id: string }): void
}

/** An act that a figure counts; a click opens its record. */
export function ActLine({ act, name, onOpen }: Opens & { readonly act: ActReference; readonly name: string | undefined }) {
  const { t } = useSpeech()
  const { registry, me } = usePlace()
  const def = registry.records.get(act.record)
  const action = def?.actions[act.action]
  return (
    <Button size="small" type="text" className="source" onClick={() => onOpen({ record: act.record, id: act.recordId })}>
      <span>
        <b>{action ? t(action.label) : act.action}</b> {name ?? (def && t(def.label))}
      </span>
      <Typography.Text type="secondary">{t(momentWords(act.happenedAt, me.zone))}</Typography.Text>
    </Button>
  )
}

interface Listed extends ActsBehind {
  readonly listed: readonly (ActReference & { readonly id: string })[]
  readonly withheld: number
  readonly next?: number
}

interface Props extends Opens {
  readonly report: string
  readonly figure: ReportFigure
  readonly names: ReadonlyMap<string, string>
}

/** The acts that a figure of the books counted when it was frozen, a page at a time, and whether they still are the same. */
export function ActsOfBooks({ report, figure, names, onOpen }: Props) {
  const { t } = useSpeech()
  const [of, setOf] = useState<'value' | 'per'>('value')
  const [from, setFrom] = useState(0)
  const address = `/api/report/${report}/figures/${figure.id}/acts`
  const query = useQuery({
    queryKey: ['report-acts', report, figure.id, of, from],
    queryFn: () => call<Listed>(`${address}?of=${of}&from=${from}`),
  })
  // Every record behind the figure is folded anew for it: seconds where there are hundreds of thousands.
  const checked = useQuery({
    queryKey: ['report-acts-checked', report, figure.id, of],
    queryFn: () => call<{ readonly intact: boolean }>(`${address}/check?of=${of}`),
  })
  return (
    <Flex vertical gap={4}>
      {figure.perBehind && (
        <Segmented
          size="small"
          value={of}
          onChange={(next) => {
            setOf(next === 'per' ? 'per' : 'value')
            setFrom(0)
          }}
          options={[
            { value: 'value', label: t(w('分子', 'Numerator')) },
            { value: 'per', label: t(w('分母', 'Denominator')) },
          ]}
        />
      )}
      <Loaded query={query}>
        {({ acts, listed, withheld, next }) => (
          <>
            <Typography.Text type="secondary">
              {t({ zh: `截至数据截止时间计入的操作共${acts}条`, en: `${acts} act(s) counted up to the cut-off` })}
            </Typography.Text>
            <Checked query={checked} />
            {listed.map((act) => (
              <ActLine key={act.id} act={act} name={names.get(act.recordId)} onOpen={onOpen} />
            ))}
            {withheld > 0 && (
              <Typography.Text type="secondary">
                {t({ zh: `另有${withheld}条不在您的查看范围内`, en: `${withheld} more on records that you may not read` })}
              </Typography.Text>
            )}
            <Flex gap={8}>
              {from > 0 && (
                <Button size="small" type="link" onClick={() => setFrom(0)}>
                  {t(w('回到开头', 'Back to the first'))}
                </Button>
              )}
              {next !== undefined && (
                <Button size="small" type="link" onClick={() => setFrom(next)}>
                  {t(w('下一页', 'Next page'))}
                </Button>
              )}
            </Flex>
          </>
        )}
      </Loaded>
    </Flex>
  )
}

/** Whether the log still says what was frozen. */
function Checked({ query }: { readonly query: UseQueryResult<{ readonly intact: boolean }> }) {
  const { t } = useSpeech()
  if (query.isPending) return <Typography.Text type="secondary">{t(w('正在与操作记录核对…', 'Checking against the log…'))}</Typography.Text>
  return (
    <Loaded query={query}>
      {({ intact }) => (
        <Typography.Text type={intact ? 'secondary' : 'danger'}>
          {intact
            ? t(w('与冻结时核对一致', 'The same as when it was frozen'))
            : t(
                w(
                  '现在查得的不是冻结时计入的这些操作，请联系管理员核对操作记录',
                  'What is found now is not what was counted when it was frozen. Have the administrator check the log',
                ),
              )}
        </Typography.Text>
      )}
    </Loaded>
  )
}
