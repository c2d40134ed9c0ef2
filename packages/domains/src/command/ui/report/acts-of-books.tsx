import { call, Loaded, usePlace, useSpeech, w } from '@guatu/client'
import { useQuery } from '@tanstack/react-query'
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
  readonly intact: boolean
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
  const query = useQuery({
    queryKey: ['report-acts', report, figure.id, of, from],
    queryFn: () => call<Listed>(`/api/report/${report}/figures/${figure.id}/acts?of=${of}&from=${from}`),
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
        {({ acts, intact, listed, withheld, next }) => (
          <>
            <Typography.Text type={intact ? 'secondary' : 'danger'}>
              {intact
                ? t({
                    zh: `截至数据截止时间计入的操作共${acts}条，与冻结时核对一致`,
                    en: `${acts} act(s) counted up to the cut-off, the same as when it was frozen`,
                  })
                : t({
                    zh: `冻结时计入${acts}条操作，现在查得的不是这些，请联系管理员核对操作记录`,
                    en: `${acts} act(s) were counted when it was frozen; what is found now is not the same. Have the administrator check the log`,
                  })}
            </Typography.Text>
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
