import type { AnyRecord } from '@guatu/kernel'
import { Alert, Button, Flex } from 'antd'
import type { Row } from '../api/types.ts'
import { FieldView } from '../kinds/view.tsx'
import { useSpeech, w } from '../shell/language.tsx'

/** What stood in a record when its form was opened. */
export interface Opened {
  readonly version: number
  readonly state?: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Fields that somebody else changed between the opening of the form and now. */
export const changedSince = (def: AnyRecord, opened: Opened, now: Opened): readonly string[] =>
  Object.keys(def.fields).filter((name) => JSON.stringify(opened.fields[name] ?? null) !== JSON.stringify(now.fields[name] ?? null))

/**
 * Somebody else was faster: what they changed, in words, and two ways on. Nothing that was typed is lost, and nothing is settled in
 * silence.
 */
export function Conflict({
  def,
  opened,
  now,
  typed,
  onKeep,
  onTake,
}: {
  readonly def: AnyRecord
  readonly opened: Opened
  readonly now: Row
  /** Fields that this form asks for. */
  readonly typed: readonly string[]
  /** Goes on with what was typed, on top of the newest version. */
  onKeep(): void
  /** Takes the newest values into the form first. */
  onTake(): void
}) {
  const { t } = useSpeech()
  const changed = changedSince(def, opened, now)
  const stateNow = def.states[now.state]
  const both = changed.some((name) => typed.includes(name))
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      style={{ marginBottom: 16 }}
      title={t(
        w(
          '您填写时，别人改过这条记录。您填的内容还在，请看过变化再提交。',
          'Somebody changed this record while you were typing. What you typed is kept; look at the changes, then send it.',
        ),
      )}
      description={
        <Flex vertical gap={8}>
          <dl className="facts">
            {opened.state !== undefined && opened.state !== now.state && stateNow && (
              <div>
                <dt>{t(w('状态', 'State'))}</dt>
                <dd>
                  {t(def.states[opened.state] ?? w('', ''))} → <strong>{t(stateNow)}</strong>
                </dd>
              </div>
            )}
            {changed.map((name) => {
              const field = def.fields[name]
              return field ? (
                <div key={name}>
                  <dt>{t(field.label)}</dt>
                  <dd>
                    <FieldView field={field} value={opened.fields[name]} name={name} />
                    {' → '}
                    <strong>
                      <FieldView field={field} value={now.fields[name]} name={name} about={{ record: def.name, id: now.id }} />
                    </strong>
                  </dd>
                </div>
              ) : null
            })}
          </dl>
          <Flex gap={8} wrap>
            <Button size="small" type="primary" onClick={onKeep}>
              {t(w('知道了，仍用我填的内容', 'Understood, keep what I typed'))}
            </Button>
            {both && (
              <Button size="small" onClick={onTake}>
                {t(w('改用最新内容', 'Take the newest values'))}
              </Button>
            )}
          </Flex>
        </Flex>
      }
    />
  )
}
