import { ApiProblem, OFFLINE, problemOf } from './client.ts'

/**
 * Takes a file to the person's own machine under a name. With a body it is asked for by POST: what names a person, and why somebody looks, never
 * stands in an address. @throws ApiProblem with the server's refusal, or `offline`
 */
export async function download(url: string, name: string, body?: unknown): Promise<void> {
  const answer = await fetch(url, {
    credentials: 'same-origin',
    ...(body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiProblem(OFFLINE)
  })
  if (!answer.ok) throw new ApiProblem(await problemOf(answer))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
