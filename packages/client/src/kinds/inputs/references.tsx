import type { Label } from '@guatu/kernel'
import { useQuery } from '@tanstack/react-query'
import { Flex, Input, Select, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { asProblem, call } from '../../api/client.ts'
import type { Row } from '../../api/types.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { RecordName, TitleView } from '../record-name.tsx'
import { type InputProps, orNothing, text } from './props.ts'
import { useSettled } from './settled.ts'

const MOST = 20
/** The register in which persons stand. */
const PERSON = 'person'

/** Chooses one of the records that a question finds; each is shown by its title and where it is. */
function Found(
  props: InputProps & {
    readonly of: string
    /** Letters to be typed before anything is asked. */
    readonly least: number
    readonly invite: Label
    find(word: string, signal: AbortSignal): Promise<readonly Row[]>
  },
) {
  const { of, id, value, onChange, autoFocus, least, invite, find } = props
  const { t } = useSpeech()
  const { areas, registry } = usePlace()
  const [typed, setTyped] = useState('')
  const word = useSettled(typed)
  const [opened, setOpened] = useState(false)
  const [picked, setPicked] = useState<Row>()
  const query = useQuery({
    queryKey: ['reference', of, word],
    queryFn: ({ signal }) => find(word, signal),
    enabled: opened && word.length >= least,
    staleTime: 15_000,
    retry: false,
  })
  const def = registry.records.get(of)
  const title = (row: Row) => def && <TitleView def={def} value={row.fields[def.title]} />
  const name = (row: Row): ReactNode => (
    <Flex gap={8} justify="space-between">
      <span>{title(row)}</span>
      <Typography.Text type="secondary">{areas.get(row.area)?.name}</Typography.Text>
    </Flex>
  )
  const silent = word.length < least ? t(invite) : query.isFetching ? t(w('正在查找…', 'Looking…')) : undefined
  const refused = query.error ? t(asProblem(query.error).message) : undefined
  return (
    <Select
      id={id ?? ''}
      value={value === undefined || value === null ? null : text(value)}
      autoFocus={autoFocus ?? false}
      allowClear
      placeholder={t(invite)}
      options={(word.length < least ? [] : (query.data ?? [])).map((row) => ({ value: row.id, label: name(row) }))}
      labelRender={({ value: chosen }) => (picked?.id === chosen ? title(picked) : <RecordName of={of} id={String(chosen)} />)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={query.isFetching}
      notFoundContent={refused ?? silent ?? t(w('管辖范围内没有找到', 'Nothing in your jurisdiction'))}
      onOpenChange={setOpened}
      onChange={(next) => {
        setPicked(query.data?.find((row) => row.id === next))
        onChange?.(next ?? undefined)
      }}
    />
  )
}

/** Where no register stands behind a reference, its id is all there is. */
function IdInput({ id, value, onChange, autoFocus }: InputProps) {
  return <Input id={id} value={text(value)} autoFocus={autoFocus ?? false} onChange={(e) => onChange?.(orNothing(e.target.value.trim()))} />
}

/** Another record, found by its words. */
export function RecordInput(props: InputProps) {
  const { reads } = usePlace()
  const of = props.field.of ?? ''
  if (of === PERSON) return <PersonInput {...props} />
  if (!reads(of)) return <IdInput {...props} />
  const find = async (word: string, signal: AbortSignal) =>
    (
      await call<{ rows: readonly Row[] }>(
        `/api/${of}?${new URLSearchParams({ limit: String(MOST), ...(word === '' ? {} : { q: word }) })}`,
        { signal },
      )
    ).rows
  return <Found {...props} of={of} least={0} invite={w('输入名称查找', 'Type to find')} find={find} />
}

/** Letters of the shortest number that names somebody exactly. */
const SHORTEST_NUMBER = 6

/**
 * A person of the register: found as everywhere by name, initials, number or phone, and by the whole number alone where no list is read; the look
 * is recorded with the field as its purpose.
 */
export function PersonInput(props: InputProps) {
  const { reads, looksUp } = usePlace()
  const { t } = useSpeech()
  const byName = reads(PERSON)
  if (!byName && !looksUp(PERSON)) return <IdInput {...props} />
  const { label } = props.field
  const purpose = t({ zh: `填表：${label.zh}`, en: `Filling in: ${label.en}` })
  const find = async (word: string, signal: AbortSignal) =>
    (await call<{ rows: readonly Row[] }>('/api/person/find', { body: { word, purpose }, signal })).rows
  return (
    <Found
      {...props}
      of={PERSON}
      least={byName ? 2 : SHORTEST_NUMBER}
      invite={
        byName
          ? w('姓名、拼音首字母、证件号码或电话', 'Name, pinyin initials, document number or phone')
          : w('完整的证件号码、电话或车牌', 'The whole document number, phone or plate')
      }
      find={find}
    />
  )
}
