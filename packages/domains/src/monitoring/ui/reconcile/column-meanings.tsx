import { useSpeech, w } from '@guatu/client'
import { Alert, Button, Flex, Select, Typography } from 'antd'
import { useState } from 'react'
import { type Doubt, MEANINGS, type Meaning } from './types.ts'

const BEHIND_ANOTHER = w('（可能是前面所列另一人的）', ' (perhaps of somebody else who is named before it)')
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
          description={doubts.map(({ meaning, columns }) => (
            <div key={meaning}>
              {`${t(MEANINGS[meaning])}${t(w('：', ': '))}${columns.map(headed).join(t(w('、', ', ')))}${columns.length > 1 ? '' : t(BEHIND_ANOTHER)}`}
            </div>
          ))}
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
