import { QrCode, useSpeech, w } from '@guatu/client'
import { Button, Flex, Typography } from 'antd'
import './closures.css'

const ADDRESS = '/field/#gate'
const CODE_SIZE = 220

/** Where the gate is: in the field app, which works without a network on a phone, a tablet and the computer of a post. */
export default function GateDoor() {
  const { t } = useSpeech()
  return (
    <Flex vertical gap={16} align="flex-start">
      <Typography.Title level={3}>{t(w('卡口查验', 'Gate'))}</Typography.Title>
      <Typography.Paragraph className="gate-door">
        {t(
          w(
            '查验和登记在外勤应用里进行：手机、平板、岗亭电脑都能用，断网、重启后也能用。第一次在有信号的地方登录并设置开机码。',
            'Checking and logging is done in the field app: on a phone, a tablet or the computer of a post, also without a network and after a restart. Sign in once where there is a signal, and choose a PIN.',
          ),
        )}
      </Typography.Paragraph>
      <Button type="primary" size="large" href={ADDRESS}>
        {t(w('在本机打开卡口', 'Open the gate on this device'))}
      </Button>
      <Typography.Text>{t(w('或用手机扫码打开：', 'Or scan it with a phone:'))}</Typography.Text>
      <QrCode
        text={location.origin + ADDRESS}
        size={CODE_SIZE}
        label={t(w('外勤应用卡口页的二维码', 'Code of the gate in the field app'))}
      />
    </Flex>
  )
}
