import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Table } from 'antd'
import { call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Sideways } from '../../shell/sideways.tsx'
import { Loaded } from '../../shell/states.tsx'

interface Head {
  readonly county: string
  readonly seq: number
  readonly hash: string
}
interface State {
  readonly running: boolean
  readonly heads: readonly Head[]
  readonly last: {
    readonly at: string
    readonly events: number
    readonly chains: readonly (Head & { readonly verifiedTo: number; readonly brokenAt?: number })[]
  } | null
}

/** The heads of the chains and up to where they were last found unbroken. */
export function Chains() {
  const { t, lang } = useSpeech()
  const { named, at } = usePlace()
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['audit', 'chains'],
    queryFn: () => call<State>('/api/audit/chains'),
    refetchInterval: ({ state }) => (state.data?.running ? 1_000 : false),
  })
  const verify = useMutation({
    mutationFn: () => call('/api/audit/chains/verify', { body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['audit', 'chains'] }),
  })
  return (
    <Loaded query={query}>
      {({ heads, last, running }) => {
        const found = new Map(last?.chains.map((one) => [one.county, one]))
        const broken = last?.chains.some((one) => one.brokenAt !== undefined)
        const when =
          last &&
          new Date(last.at).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', {
            timeZone: at.zone,
            dateStyle: 'medium',
            timeStyle: 'medium',
          })
        return (
          <Flex vertical gap={8}>
            <Alert
              type={last === null ? 'info' : broken ? 'error' : 'success'}
              showIcon
              title={t(
                last === null
                  ? w('尚未校验。', 'Not verified yet.')
                  : broken
                    ? {
                        zh: `${when}校验：记录链断裂，请立即保全数据库并查明原因。`,
                        en: `Verified ${when}: a chain is broken; secure the database and find out why.`,
                      }
                    : {
                        zh: `${when}校验：${last.events}条操作记录完整、未被改动。`,
                        en: `Verified ${when}: ${last.events} acts are complete and unchanged.`,
                      },
              )}
              action={
                <Button size="small" loading={running || verify.isPending} onClick={() => verify.mutate()}>
                  {t(w('立即校验', 'Verify now'))}
                </Button>
              }
            />
            <Sideways>
              <Table<Head>
                size="small"
                rowKey="county"
                pagination={false}
                scroll={{ x: 'max-content' }}
                dataSource={[...heads]}
                columns={[
                  { title: t(w('区县', 'County')), render: (_, one) => named(one.county) },
                  { title: t(w('操作数', 'Acts')), dataIndex: 'seq' },
                  { title: t(w('校验至', 'Verified to')), render: (_, one) => found.get(one.county)?.verifiedTo ?? '—' },
                  { title: t(w('断裂处', 'Broken at')), render: (_, one) => found.get(one.county)?.brokenAt ?? '—' },
                  { title: t(w('末端指纹', 'Head')), render: (_, one) => <code>{one.hash.slice(0, 16)}</code> },
                ]}
              />
            </Sideways>
          </Flex>
        )
      }}
    </Loaded>
  )
}
