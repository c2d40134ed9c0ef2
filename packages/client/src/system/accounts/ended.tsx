import { fullDayWords } from '@guatu/kernel'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, App } from 'antd'
import { asProblem, call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import type { Grant, Listed } from './use-send.tsx'

/** A grant in an area that ended or is going to, with whose it is. */
export interface EndedGrant {
  readonly of: Listed
  readonly grant: Grant & { readonly ended: NonNullable<Grant['ended']> }
}

/** All grants that hold in areas that ended or are going to, whose reform is the newest first. */
export function useEndedGrants() {
  const { today } = usePlace()
  return useQuery({
    queryKey: ['accounts', 'ended'],
    queryFn: () => call<{ accounts: readonly Listed[] }>('/api/accounts/ended'),
    select: ({ accounts }) =>
      accounts
        .flatMap((of) =>
          of.grants.flatMap(({ ended, ...one }): readonly EndedGrant[] =>
            ended && (one.to === null || one.to >= today) ? [{ of, grant: { ...one, ended } }] : [],
          ),
        )
        .sort((a, b) => (a.grant.ended.day < b.grant.ended.day ? 1 : a.grant.ended.day > b.grant.ended.day ? -1 : 0)),
  })
}

/** Since when an area is no more, and what lies in its place. */
export function useInPlace() {
  const { t } = useSpeech()
  const { named, today } = usePlace()
  return ({ day, successors }: EndedGrant['grant']['ended']) => {
    const names = successors.map(({ area }) => named(area)).join(t(w('、', ', ')))
    const [zh, en] = [fullDayWords(day).zh, fullDayWords(day).en]
    if (names === '') return t(w(`${zh}起撤销`, `ended on ${en}`))
    return day > today
      ? t(w(`${zh}起由${names}承接，届时请改授`, `from ${en} on ${names} takes its place; grant again then`))
      : t(w(`${zh}起由${names}承接，请改授`, `${names} in its place since ${en}; grant again`))
  }
}

/** Which of the successors of a grant it goes on at. */
export interface Again {
  readonly account: string
  readonly grant: string
  readonly areas: readonly string[]
}

/** Gives roles again at what took the place of their areas, each on its own; what was refused comes back, by the grant. */
export function useGrantAgain() {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useSpeech()
  return useMutation({
    mutationFn: (grants: readonly Again[]) =>
      call<{ results: readonly { grant: string; problem?: { message: { zh: string; en: string } } }[] }>('/api/accounts/grants-again', {
        body: { grants },
      }),
    onSuccess: ({ results }) => {
      const done = results.filter(({ problem }) => !problem).length
      if (done > 0) void message.success(t({ zh: `已改授${done}项`, en: done === 1 ? '1 granted again' : `${done} granted again` }))
      return client.invalidateQueries({ queryKey: ['accounts'] })
    },
    onError: (error) => void message.error(t(asProblem(error).message)),
  })
}

/** How many grants lie in areas that ended (by the reform of a day, where one is given), and the way to them. */
export function ToGrantAgain({ day }: { readonly day?: string }) {
  const { t } = useSpeech()
  const { today } = usePlace()
  const { data = [] } = useEndedGrants()
  const found = data.filter(({ grant }) => (day === undefined ? grant.ended.day <= today : grant.ended.day === day))
  if (found.length === 0) return null
  const coming = day !== undefined && day > today
  const n = found.length
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t(
        coming
          ? {
              zh: `有${n}项授权的区划自${fullDayWords(day).zh}起撤并：授权不随迁，届时请逐项确认改授。`,
              en: `${n === 1 ? '1 grant lies' : `${n} grants lie`} in areas that end on ${fullDayWords(day).en}: they do not move along; grant again then.`,
            }
          : {
              zh: `有${n}项授权的区划已撤并：授权不随台账迁移，改授以前这些人员在承接区划没有权限。`,
              en: `${n === 1 ? '1 grant lies' : `${n} grants lie`} in areas that have ended: grants do not move with the records, and until they are given again these people may do nothing in what took the place.`,
            },
      )}
      action={<Link to="/accounts/ended">{t(w('查看并改授', 'See them and grant again'))}</Link>}
    />
  )
}
