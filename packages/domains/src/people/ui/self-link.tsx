import { QrcodeOutlined } from '@ant-design/icons'
import { asProblem, call, QrCode, type Row, usePlace, useSpeech, w } from '@guatu/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Flex, List, Modal, Typography } from 'antd'
import { useState } from 'react'

interface Issued {
  readonly id: string
  readonly path: string
  readonly expiresAt: string
}
interface Known {
  readonly id: string
  readonly issuedBy: string
  readonly issuedAt: string
  readonly expiresAt: string
}

const CODE_SIZE = 240

/** Links by which people report themselves from their own phone: made here, shown once as a code and an address, and taken back. */
export function SelfLinks({ record, row }: { readonly record: 'person' | 'household'; readonly row: Row }) {
  const { t } = useSpeech()
  const { at, registry, me } = usePlace()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [issued, setIssued] = useState<Issued>()
  const may = row.state === 'registered' && me.grants.some((grant) => registry.records.get(record)?.actions.update?.by[grant.role])
  const key = ['self-links', record, row.id]
  const known = useQuery({
    queryKey: key,
    queryFn: () => call<{ links: readonly Known[] }>(`/api/self-links?record=${record}&id=${row.id}`),
    enabled: may,
    retry: false,
  })
  const fail = (error: unknown) => void message.error(t(asProblem(error).message))
  const again = () => client.invalidateQueries({ queryKey: key })
  const make = useMutation({
    mutationFn: () => call<Issued>('/api/self-links', { body: { record, id: row.id } }),
    onSuccess: (link) => {
      setIssued(link)
      return again()
    },
    onError: fail,
  })
  const revoke = useMutation({
    mutationFn: (id: string) => call(`/api/self-links/${id}/revoke`, { body: {} }),
    onSuccess: again,
    onError: fail,
  })
  if (!may) return null
  const time = (instant: string) =>
    new Date(instant).toLocaleString(at.lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: at.zone, dateStyle: 'medium', timeStyle: 'short' })
  const links = known.data?.links ?? []
  return (
    <Card
      size="small"
      title={t(w('本人申报链接', 'Self-report links'))}
      extra={
        <Button size="small" icon={<QrcodeOutlined />} loading={make.isPending} onClick={() => make.mutate()}>
          {t(w('生成链接', 'Make a link'))}
        </Button>
      }
    >
      {links.length === 0 ? (
        <Typography.Text type="secondary">
          {t(
            w(
              '没有有效的链接。持链接者可申报到达和健康，核实前可自行更正。',
              'No link is in force. With one, people report arrivals and health, and correct them until confirmed.',
            ),
          )}
        </Typography.Text>
      ) : (
        <List
          size="small"
          dataSource={[...links]}
          renderItem={(link) => (
            <List.Item
              actions={[
                <Button key="revoke" size="small" danger onClick={() => revoke.mutate(link.id)}>
                  {t(w('收回', 'Revoke'))}
                </Button>,
              ]}
            >
              {t(
                w(
                  `${link.issuedBy} ${time(link.issuedAt)}发放，有效至${time(link.expiresAt)}`,
                  `Given by ${link.issuedBy}, ${time(link.issuedAt)}; valid until ${time(link.expiresAt)}`,
                ),
              )}
            </List.Item>
          )}
        />
      )}
      <Modal
        open={issued !== undefined}
        title={t(w('请本人扫码，或把链接发给本人', 'Let them scan it, or send them the address'))}
        footer={null}
        onCancel={() => setIssued(undefined)}
      >
        {issued && (
          <Flex vertical gap={12} align="center">
            <QrCode
              text={location.origin + issued.path}
              size={CODE_SIZE}
              label={t(w('本人申报链接的二维码', 'Code of the self-report link'))}
            />
            <Typography.Text copyable className="self-link">
              {location.origin + issued.path}
            </Typography.Text>
            <Typography.Text type="secondary">
              {t(w(`有效至${time(issued.expiresAt)}；关闭后不再显示。`, `Valid until ${time(issued.expiresAt)}; shown only now.`))}
            </Typography.Text>
          </Flex>
        )}
      </Modal>
    </Card>
  )
}
