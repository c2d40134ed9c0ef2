import { UNSEEN } from '@guatu/kernel'
import { useColleague } from '../api/colleagues.ts'
import { useSpeech } from '../shell/language.tsx'

/** Who signs in by this name or has the account of this number; what was given where nobody does, or that it is nobody's where it is a number of the log. */
export function AccountName({ account, logged }: { readonly account: string; readonly logged?: boolean }) {
  const { lang } = useSpeech()
  const { data } = useColleague(account)
  return <span title={data?.username ?? account}>{data?.name ?? (logged ? data === null && UNSEEN.account[lang] : account)}</span>
}
