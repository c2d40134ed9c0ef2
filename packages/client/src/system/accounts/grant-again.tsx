import { ROLES } from '@guatu/kernel'
import { Alert, Button, Checkbox, Flex, Modal, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import './ended.css'
import { type EndedGrant, useGrantAgain, useInPlace } from './ended.tsx'
import type { Grant, Listed, Successor } from './use-send.tsx'

/** One area that took the place, and what is different there. */
export function SuccessorWords({ of }: { readonly of: Successor }) {
  const { t } = useSpeech()
  const { named } = usePlace()
  return (
    <>
      {named(of.area)}
      {of.above && (
        <Tag color="red" className="successor-tag">
          {t(w('上一级区划', 'a level above'))}
        </Tag>
      )}
      {!of.above && of.further && (
        <Tag color="orange" className="successor-tag">
          {t(w('范围比原来大', 'reaches further'))}
        </Tag>
      )}
      {of.held && (
        <Tag color="blue" className="successor-tag">
          {t(w('已有同样授权', 'has this role there already'))}
        </Tag>
      )}
    </>
  )
}

/** Gives the role of a grant whose area ended at what took the place: which of several is chosen by whoever administers. */
export function GrantAgain({ of, grant }: { readonly of: Listed; readonly grant: Grant }) {
  const { t } = useSpeech()
  const [open, setOpen] = useState(false)
  const { ended } = grant
  if (!ended || ended.successors.length === 0) return null
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} aria-label={`${t(w('改授', 'Grant again'))} ${of.name} ${t(ROLES[grant.role])}`}>
        {t(w('改授', 'Grant again'))}
      </Button>
      {open && <Dialogue of={of} grant={{ ...grant, ended }} close={() => setOpen(false)} />}
    </>
  )
}

function Dialogue({ of, grant, close }: EndedGrant & { readonly close: () => void }) {
  const { t } = useSpeech()
  const { named } = usePlace()
  const inPlace = useInPlace()
  const again = useGrantAgain()
  const { successors } = grant.ended
  // Of several none is proposed: into which the work of a person goes is for a person to say.
  const [areas, setAreas] = useState<readonly string[]>(successors.length === 1 ? successors.map(({ area }) => area) : [])
  const refused = again.data?.results[0]?.problem
  return (
    <Modal
      open
      title={`${t(w('改授', 'Grant again'))} ${of.name}`}
      okText={t(w('改授', 'Grant again'))}
      okButtonProps={{ disabled: areas.length === 0 }}
      confirmLoading={again.isPending}
      onCancel={close}
      onOk={() =>
        again
          .mutateAsync([{ account: of.id, grant: grant.id, areas }])
          .then(({ results }) => results.some(({ problem }) => problem) || close())
          .catch(() => undefined)
      }
    >
      <Flex vertical gap={12}>
        <Typography.Text>
          {t(ROLES[grant.role])} · {named(grant.area)}
          {grant.unit && ` · ${named(grant.unit)}`}
          <br />
          <Typography.Text type="secondary">{inPlace(grant.ended)}</Typography.Text>
        </Typography.Text>
        <Checkbox.Group
          aria-label={t(w('承接区划', 'In place of it'))}
          value={[...areas]}
          onChange={(chosen) => setAreas(chosen.map(String))}
          options={successors.map((one) => ({ value: one.area, label: <SuccessorWords of={one} /> }))}
          className="successors"
        />
        <Typography.Text type="secondary">
          {t(
            w(
              '同一角色改在所选区划，原授权随即终止，记入审计。',
              'The same role in what you choose; the old grant ends. It stands in the audit.',
            ),
          )}
        </Typography.Text>
        {refused && <Alert type="error" showIcon role="alert" title={t(refused.message)} />}
      </Flex>
    </Modal>
  )
}
