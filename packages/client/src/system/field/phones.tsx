import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Flex, Popconfirm, Table, Tag, Typography } from 'antd'
import { asProblem, call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Sideways } from '../../shell/sideways.tsx'
import { Loaded } from '../../shell/states.tsx'

interface WorkersPhone {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly registeredAt: string
  readonly seenAt: string
  readonly skew: number | null
  readonly app: string | null
  readonly wipedAt: string | null
}

const MINUTE = 60_000
const MINUTES_A_DAY = 1_440
/** A clock that is off by less needs no look, minutes. */
const WORTH_SAYING = 2

/** Phones of the workers that one answers for: when they were last heard of, how far their clocks are off, and the wipe from afar. */
export default function Phones() {
  const { t } = useSpeech()
  const { at } = usePlace()
  const client = useQueryClient()
  const { message } = App.useApp()
  const query = useQuery({
    queryKey: ['workers-devices'],
    queryFn: () => call<{ devices: readonly WorkersPhone[] }>('/api/field/workers-devices'),
  })
  const wipe = useMutation({
    mutationFn: (id: string) => call(`/api/field/devices/${id}/wipe`, { body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['workers-devices'] }),
    onError: (error) => void message.error(t(asProblem(error).message)),
  })
  const time = (instant: string) =>
    new Date(instant).toLocaleString(at.lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: at.zone, dateStyle: 'medium', timeStyle: 'short' })
  const clock = (skew: number | null) => {
    const minutes = skew === null ? 0 : Math.round(skew / MINUTE)
    if (Math.abs(minutes) < WORTH_SAYING) return '—'
    const days = Math.round(Math.abs(minutes) / MINUTES_A_DAY)
    const off = days < 2 ? w(`${Math.abs(minutes)}分钟`, `${Math.abs(minutes)} min`) : w(`${days}天`, `${days} days`)
    return <Tag color="gold">{t(minutes > 0 ? w(`▲ 快${off.zh}`, `▲ ${off.en} ahead`) : w(`▲ 慢${off.zh}`, `▲ ${off.en} behind`))}</Tag>
  }
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={3}>{t(w('外勤手机', 'Field phones'))}</Typography.Title>
      <Typography.Paragraph type="secondary">
        {t(
          w(
            '手机丢失时请立即清除：它下次联网时把未上传的记录移交到移交箱，然后删除全部数据；在此之前数据是加密的，须开机码才能打开。',
            'Wipe a lost phone at once: at its next contact it hands its unsent work to the hand-over box and removes everything. Until then its data are sealed behind the PIN.',
          ),
        )}
      </Typography.Paragraph>
      <Loaded
        query={query}
        empty={({ devices }) => devices.length === 0}
        emptyText={t(w('还没有人在手机上登录。', 'Nobody has signed in on a phone yet.'))}
      >
        {({ devices }) => (
          <Sideways>
            <Table<WorkersPhone>
              size="small"
              rowKey="id"
              pagination={false}
              scroll={{ x: 'max-content' }}
              dataSource={[...devices]}
              columns={[
                { title: t(w('姓名', 'Name')), render: (_, one) => `${one.name}（${one.username}）` },
                { title: t(w('首次登录', 'First signed in')), render: (_, one) => time(one.registeredAt) },
                { title: t(w('最近联系', 'Last heard of')), render: (_, one) => time(one.seenAt) },
                { title: t(w('时钟', 'Clock')), render: (_, one) => clock(one.skew) },
                { title: t(w('版本', 'Version')), render: (_, one) => one.app ?? '—' },
                {
                  title: t(w('状态', 'State')),
                  render: (_, one) =>
                    one.wipedAt === null ? (
                      <Tag color="green">{t(w('● 使用中', '● in use'))}</Tag>
                    ) : (
                      <Tag color="red">{t(w(`■ 已清除 ${time(one.wipedAt)}`, `■ wiped ${time(one.wipedAt)}`))}</Tag>
                    ),
                },
                {
                  render: (_, one) =>
                    one.wipedAt === null && (
                      <Popconfirm
                        title={t(w(`清除${one.name}的手机？`, `Wipe the phone of ${one.name}?`))}
                        description={t(w('不能撤销；未上传的记录会移交。', 'This cannot be undone; unsent work is handed over.'))}
                        okText={t(w('清除', 'Wipe'))}
                        cancelText={t(w('取消', 'Cancel'))}
                        okButtonProps={{ danger: true }}
                        onConfirm={() => wipe.mutate(one.id)}
                      >
                        <Button size="small" danger>
                          {t(w('远程清除', 'Wipe'))}
                        </Button>
                      </Popconfirm>
                    ),
                },
              ]}
            />
          </Sideways>
        )}
      </Loaded>
    </Flex>
  )
}
