import { asProblem, type Row, readerOf, rulesOf, useAct, usePlace, useRules, useSpeech, w } from '@guatu/client'
import { Alert, Button, Card, Flex, Typography } from 'antd'
import { useState } from 'react'
import { basesOf } from '../../order/law.ts'

/** The provisions on which a draft may rest today, in their version: chosen, never typed. */
export function BasisPicker({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const rules = useRules()
  const act = useAct()
  const [problem, setProblem] = useState<string>()
  const bases = basesOf(String(row.fields.measure), readerOf(rulesOf(rules.data)))
  const may = row.offers.some((one) => one.action === 'revise' && one.allowed)
  if (!registry.records.has('closure') || bases.length === 0 || !may) return null
  const choose = async (basis: string, basisVersion: string) => {
    setProblem(undefined)
    try {
      await act.mutateAsync({ record: 'closure', id: row.id, action: 'revise', version: row.version, input: { basis, basisVersion } })
    } catch (error) {
      setProblem(t(asProblem(error).message))
    }
  }
  return (
    <Card size="small" title={t(w('当日有效的法律依据', 'Provisions in force today'))}>
      <Flex vertical gap={8}>
        {bases.map(({ basis, version }) => {
          const chosen = basis.zh === row.fields.basis && version.zh === row.fields.basisVersion
          return (
            <Flex key={`${basis.zh} ${version.zh}`} gap={8} align="center" wrap>
              <Button size="small" disabled={chosen} onClick={() => void choose(basis.zh, version.zh)}>
                {chosen ? t(w('已采用', 'Chosen')) : t(w('采用', 'Use'))}
              </Button>
              <Typography.Text>{t(w(`${basis.zh}（${version.zh}）`, `${basis.en} (${version.en})`))}</Typography.Text>
            </Flex>
          )
        })}
        {problem && <Alert type="error" showIcon role="alert" title={problem} />}
      </Flex>
    </Card>
  )
}
