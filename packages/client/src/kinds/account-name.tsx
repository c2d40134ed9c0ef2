import { useColleague } from '../api/colleagues.ts'

/** Who signs in by this name or has the account of this number; what was given where nobody does. */
export function AccountName({ account }: { readonly account: string }) {
  const { data } = useColleague(account)
  return <span title={data?.username ?? account}>{data?.name ?? account}</span>
}
