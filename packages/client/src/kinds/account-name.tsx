import { useColleague } from '../api/colleagues.ts'

/** Who signs in by this name; the name itself where nobody does. */
export function AccountName({ username }: { readonly username: string }) {
  const { data } = useColleague(username)
  return <span title={username}>{data?.name ?? username}</span>
}
