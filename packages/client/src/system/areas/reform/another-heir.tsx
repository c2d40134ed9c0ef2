import { Button, Flex, Select } from 'antd'
import { useState } from 'react'
import { useSpeech, w } from '../../../shell/language.tsx'
import type { HeirChoice, Proposal } from './draft.ts'

/** Chooses who takes over from a village that ends, where the proposal is not right; of several that end, which one. */
export function AnotherHeir({
  of,
  heirs,
  onHeir,
}: {
  readonly of: Proposal
  readonly heirs: readonly HeirChoice[]
  onHeir(proposal: Proposal, code: string, heir: HeirChoice): void
}) {
  const { t } = useSpeech()
  const [open, setOpen] = useState(false)
  const [first] = of.from
  const [code, setCode] = useState(first?.code ?? '')
  if (!open)
    return (
      <Button size="small" type="link" style={{ padding: 0 }} onClick={() => setOpen(true)}>
        {t(w('另选继承村', 'Choose another heir'))}
      </Button>
    )
  return (
    <Flex gap={4} wrap>
      {of.from.length > 1 && (
        <Select
          size="small"
          aria-label={t(w('哪个村', 'Which village'))}
          value={code}
          options={of.from.map((one) => ({ value: one.code, label: one.name }))}
          onChange={setCode}
          popupMatchSelectWidth={false}
        />
      )}
      <Select
        size="small"
        autoFocus
        defaultOpen
        aria-label={t(w('继承村', 'Heir'))}
        placeholder={t(w('村名或代码', 'Name or code'))}
        options={[...heirs]}
        virtual
        showSearch={{ filterOption: (typed, option) => `${option?.label} ${option?.value}`.includes(typed.trim()) }}
        popupMatchSelectWidth={false}
        style={{ minWidth: 180 }}
        onChange={(value) => {
          const heir = heirs.find((one) => one.value === value)
          if (heir) onHeir(of, code, heir)
        }}
      />
      <Button size="small" onClick={() => setOpen(false)}>
        {t(w('取消', 'Cancel'))}
      </Button>
    </Flex>
  )
}
