import { useSpeech, w } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { Alert, Button, Flex, Select, Typography } from 'antd'
import { useState } from 'react'
import { type Doubt, MEANINGS, type Meaning } from './types.ts'

const OFTEN: readonly Meaning[] = ['note', 'nothing']

/** What each column of a sender's list means: named once, remembered for this layout. */
export function ColumnMeanings(props: {
  readonly headings: readonly string[]
  readonly meanings: readonly Meaning[]
  readonly doubts: readonly Doubt[]
  readonly busy: boolean
  onDone(meanings: readonly Meaning[]): void
}) {
  const { headings, doubts, busy, onDone } = props
  const { t } = useSpeech()
  const [meanings, setMeanings] = useState(props.meanings)
  const unnamed = !meanings.includes('name')
  const unidentified = !meanings.includes('document') && !meanings.includes('phone')
  const headed = (column: number) => headings[column] || t({ zh: `第${column + 1}列`, en: `Column ${column + 1}` })
  const asked = new Set(doubts.filter(({ meaning }) => !meanings.includes(meaning)).flatMap(({ columns }) => columns))
  const doubtful = (meaning: Meaning, columns: readonly number[]): Label => {
    const { zh, en } = MEANINGS[meaning]
    const none = MEANINGS.nothing
    const quoted = (open: string, close: string, joint: string) => columns.map((one) => `${open}${headed(one)}${close}`).join(joint)
    return columns.length > 1
      ? w(`${quoted('“', '”', '、')}都可能是${zh}：请选定一列。`, `${quoted('“', '”', ' and ')} may each be “${en}”: choose one.`)
      : w(
          `${quoted('“', '”', '')}可能是别人的（如包保责任人、联系人）：是名单所列本人的请选“${zh}”，不是的留“${none.zh}”。`,
          `${quoted('“', '”', '')} may be of somebody else (such as the worker in charge or a contact): choose “${en}” if it is of the person who is listed, else leave “${none.en}”.`,
        )
  }
  // A meaning that is given to one column is taken from the other.
  const set = (column: number, meaning: Meaning) =>
    setMeanings(meanings.map((one, i) => (i === column ? meaning : one === meaning && !OFTEN.includes(meaning) ? 'nothing' : one)))
  return (
    <Flex vertical gap={8}>
      {doubts.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t(w('有的列不能只凭表头判断，请确认后再比对：', 'The headings alone do not tell these columns; confirm them first:'))}
          description={doubts.map(({ meaning, columns }) => <div key={meaning}>{t(doubtful(meaning, columns))}</div>)}
        />
      )}
      <Flex gap={8} wrap>
        {headings.map((heading, i) => (
          <Flex key={`${i}/${heading}`} vertical gap={2} style={{ width: 168 }}>
            <Typography.Text ellipsis>{headed(i)}</Typography.Text>
            <Select<Meaning>
              aria-label={heading || String(i + 1)}
              value={meanings[i] ?? 'nothing'}
              {...(asked.has(i) ? { status: 'warning' as const } : {})}
              onChange={(meaning) => set(i, meaning)}
              options={(Object.keys(MEANINGS) as Meaning[]).map((value) => ({ value, label: t(MEANINGS[value]) }))}
            />
          </Flex>
        ))}
      </Flex>
      {(unnamed || unidentified) && (
        <Typography.Text type="danger">
          {t(w('请指出：', 'Still to be named: '))}
          {[...(unnamed ? [MEANINGS.name] : []), ...(unidentified ? [w('证件号码或电话', 'Document number or phone')] : [])]
            .map((one) => t(one))
            .join(t(w('、', ', ')))}
        </Typography.Text>
      )}
      <Button
        type="primary"
        style={{ alignSelf: 'start' }}
        disabled={unnamed || unidentified}
        loading={busy}
        onClick={() => onDone(meanings)}
      >
        {t(w('记住并比对', 'Remember and compare'))}
      </Button>
    </Flex>
  )
}
