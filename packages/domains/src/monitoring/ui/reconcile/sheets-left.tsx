import { useSpeech, w } from '@guatu/client'
import { counted } from '@guatu/kernel'
import { Alert, Button, Flex } from 'antd'
import type { Reconciled } from './types.ts'

/** Which sheets of a workbook were compared together, and which were not: those can be compared in their turn. */
export function SheetsLeft(props: { readonly answer: Reconciled; readonly busy: boolean; onChoose(sheet: number): void }) {
  const { answer, busy, onChoose } = props
  const { t } = useSpeech()
  const { sheets, left } = answer
  if (sheets.length + left.length < 2) return null
  const named = sheets.map(({ name, rows = 0 }) => ({ zh: `“${name}”（${rows}行）`, en: `“${name}” (${counted(rows, 'row')})` }))
  const title = {
    zh: `表头相同的工作表一并比对：${named.map(({ zh }) => zh).join('、')}`,
    en: `Sheets of the same headings are compared together: ${named.map(({ en }) => en).join(', ')}`,
  }
  return (
    <Alert
      type={left.length > 0 ? 'warning' : 'info'}
      showIcon
      title={t(title)}
      {...(left.length > 0
        ? {
            description: (
              <Flex vertical gap={4}>
                {left.map(({ sheet, name, rows, why, comparable }) => (
                  <Flex key={sheet} gap={8} align="center" wrap>
                    {t({
                      zh: `未比对“${name}”${rows === undefined ? '' : `（${rows}行）`}：${why.zh}`,
                      en: `Not compared: “${name}”${rows === undefined ? '' : ` (${counted(rows, 'row')})`}, ${why.en}`,
                    })}
                    {comparable && (
                      <Button size="small" disabled={busy} onClick={() => onChoose(sheet)}>
                        {t(w('比对这张表', 'Compare this one'))}
                      </Button>
                    )}
                  </Flex>
                ))}
              </Flex>
            ),
          }
        : {})}
    />
  )
}
