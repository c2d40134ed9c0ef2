import { fullDayWords, ROLES } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Button, Card, Checkbox, Empty, Flex, Popconfirm, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Loaded } from '../../shell/states.tsx'
import { type EndedGrant, useEndedGrants, useGrantAgain } from './ended.tsx'
import { GrantAgain, SuccessorWords } from './grant-again.tsx'

/** Where nothing is left to choose: one area took the place, and it is of the same level. */
const isPlain = ({ of, grant: { ended } }: EndedGrant) =>
  !of.closed && ended.successors.length === 1 && ended.successors.every(({ above }) => !above)

/** Grants in areas that reforms ended, reform by reform: what is plain together, the rest one by one. */
export default function EndedGrants() {
  const { t } = useSpeech()
  const query = useEndedGrants()
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap align="center">
        <Link to="/accounts">{t(w('← 账号', '← Accounts'))}</Link>
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t(w('区划撤并后的改授', 'Grants in areas that have ended'))}
        </Typography.Title>
      </Flex>
      <Typography.Text>
        {t(
          w(
            '区划撤并时，台账随迁到承接区划，授权不随迁：承接区划可能比原来大，须由人确认。',
            'When an area ends, its records move to what takes the place and grants do not: it may reach further than before, so a person decides.',
          ),
        )}
      </Typography.Text>
      <Loaded query={query}>
        {(grants) => {
          const days = [...new Set(grants.map(({ grant }) => grant.ended.day))]
          return days.length === 0 ? (
            <Empty description={t(w('没有需要改授的授权', 'Nothing to grant again'))} />
          ) : (
            days.map((day) => <Reform key={day} day={day} grants={grants.filter(({ grant }) => grant.ended.day === day)} />)
          )
        }}
      </Loaded>
    </Flex>
  )
}

function Reform({ day, grants }: { readonly day: string; readonly grants: readonly EndedGrant[] }) {
  const { t } = useSpeech()
  const { today } = usePlace()
  const again = useGrantAgain()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const coming = day > today
  const plain = coming ? [] : grants.filter(isPlain)
  const chosen = plain.filter(({ grant }) => !left.has(grant.id))
  const further = chosen.filter(({ grant }) => grant.ended.successors.some((one) => one.further)).length
  const n = chosen.length
  const refused = new Map(again.data?.results.flatMap(({ grant, problem }) => (problem ? [[grant, problem.message] as const] : [])))
  return (
    <Card
      size="small"
      title={t({
        zh: `${fullDayWords(day).zh}的区划调整：${grants.length}项授权`,
        en: `Reform of ${fullDayWords(day).en}: ${grants.length === 1 ? '1 grant' : `${grants.length} grants`}`,
      })}
    >
      <Flex vertical gap={8}>
        {coming && (
          <Typography.Text type="secondary">
            {t(w('尚未生效，生效后再改授。', 'Not in force yet; grant again once it is.'))}
          </Typography.Text>
        )}
        {plain.length > 0 && (
          <Flex gap={12} wrap align="center">
            <Checkbox
              checked={n === plain.length}
              indeterminate={n > 0 && n < plain.length}
              onChange={({ target }) => setLeft(new Set(target.checked ? [] : plain.map(({ grant }) => grant.id)))}
            >
              {t({
                zh: `只有一个同级承接区划的${plain.length}项`,
                en: `The ${plain.length} with one successor of the same level`,
              })}
            </Checkbox>
            <Popconfirm
              title={t({ zh: `按所列改授${n}项？`, en: `Grant the ${n} again as listed?` })}
              description={
                <span className="ended-sure">
                  {t({
                    zh: `原授权随即终止，每项单独记入审计。${further > 0 ? `其中${further}项范围比原来大。` : ''}`,
                    en: `The old grants end; each stands in the audit by itself.${further > 0 ? ` ${further} of them reach further than before.` : ''}`,
                  })}
                </span>
              }
              okText={t(w('改授', 'Grant again'))}
              cancelText={t(w('再看看', 'Not yet'))}
              onConfirm={() =>
                again.mutate(
                  chosen.map(({ of, grant }) => ({
                    account: of.id,
                    grant: grant.id,
                    areas: grant.ended.successors.map(({ area }) => area),
                  })),
                )
              }
            >
              <Button type="primary" disabled={n === 0} loading={again.isPending}>
                {t({ zh: `改授选中的${n}项`, en: `Grant the ${n} chosen again` })}
              </Button>
            </Popconfirm>
          </Flex>
        )}
        <ul className="ended-grants">
          {grants.map((one) => {
            const { of, grant } = one
            const isChoosable = plain.includes(one)
            const why = refused.get(grant.id)
            return (
              <li key={grant.id}>
                {isChoosable ? (
                  <Checkbox
                    checked={!left.has(grant.id)}
                    onChange={({ target }) =>
                      setLeft(new Set(target.checked ? [...left].filter((id) => id !== grant.id) : [...left, grant.id]))
                    }
                  >
                    <Words {...one} />
                  </Checkbox>
                ) : (
                  <Words {...one} />
                )}
                {!coming && <GrantAgain of={of} grant={grant} />}
                {why && (
                  <Typography.Text type="danger" className="ended-why">
                    {t(why)}
                  </Typography.Text>
                )}
              </li>
            )
          })}
        </ul>
      </Flex>
    </Card>
  )
}

function Words({ of, grant }: EndedGrant) {
  const { t } = useSpeech()
  const { named } = usePlace()
  return (
    <span>
      <b>{of.name}</b> {of.username}
      {of.closed && (
        <Tag color="red" className="successor-tag">
          {t(w('已停用', 'closed'))}
        </Tag>
      )}
      {' · '}
      {t(ROLES[grant.role])} · {named(grant.area)}
      {grant.unit && ` · ${named(grant.unit)}`}
      {' → '}
      {grant.ended.successors.length === 0
        ? t(w('无承接区划', 'nothing took its place'))
        : grant.ended.successors.map((one, i) => (
            <span key={one.area}>
              {i > 0 && t(w('、', ', '))}
              <SuccessorWords of={one} />
            </span>
          ))}
    </span>
  )
}
