import { actorLabel, ERASED, type Field, type FileReference, UNSEEN } from '@guatu/kernel'
import { Tag, Typography } from 'antd'
import { Fragment } from 'react'
import { Light } from '../charts/light.tsx'
import { usePlace } from '../shell/place.tsx'
import { AccountName } from './account-name.tsx'
import { type About, FileLink } from './file-link.tsx'
import { RecordName } from './record-name.tsx'

interface Props {
  readonly field: Field
  readonly value: unknown
  readonly name?: string
  /** The record whose value it is; its files are saved by way of it. */
  readonly about?: About
}

/** A value as it reads on a page; an em dash where there is none. */
export function FieldView({ field, value, name, about }: Props) {
  const { at, registry } = usePlace()
  if (value === undefined || value === null) return <Typography.Text type="secondary">—</Typography.Text>
  if (name === 'light' && typeof value === 'string') return <Light light={value} label={field.options?.[value]} />
  if (name === 'indicators' && Array.isArray(value))
    return <>{value.map((id) => registry.indicators.get(String(id))?.label[at.lang] ?? String(id)).join(at.lang === 'zh' ? '、' : ', ')}</>
  if (field.kind === 'file') return <FileLink file={value as FileReference} about={about} />
  if (field.item?.kind === 'file')
    return (
      <>
        {(value as FileReference[]).map((one) => (
          <FileLink key={one.hash} file={one} about={about} />
        ))}
      </>
    )
  if (value === ERASED) return <Typography.Text type="secondary">{UNSEEN.erased[at.lang]}</Typography.Text>
  if (field.kind === 'person' && typeof value === 'string') return <RecordName of="person" id={value} />
  if (field.kind === 'account' && typeof value === 'string') return <AccountName account={value} />
  if (field.kind === 'actor' && typeof value === 'string' && !actorLabel(value)) return <AccountName account={value} logged />
  if (field.kind === 'record' && field.of && typeof value === 'string') return <RecordName of={field.of} id={value} />
  const named = field.item?.kind === 'person' ? 'person' : field.item?.kind === 'record' ? field.item.of : undefined
  if (named !== undefined && Array.isArray(value)) {
    const between = at.lang === 'zh' ? '、' : ', '
    return (
      <>
        {value.map((one, i) => (
          <Fragment key={String(one)}>
            {i > 0 && between}
            <RecordName of={named} id={String(one)} />
          </Fragment>
        ))}
      </>
    )
  }
  // A masked value is no longer of its kind; it reads as it is.
  if (field.sensitive) return <>{String(value)}</>
  if (field.kind === 'choice') return <Tag>{field.view(value, at)}</Tag>
  return <span className={field.limits?.multiline ? 'lines' : undefined}>{field.view(value, at)}</span>
}
