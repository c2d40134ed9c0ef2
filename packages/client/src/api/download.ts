import type { Problem } from '@guatu/kernel'
import { ApiProblem } from './client.ts'

/** Takes a file to the person's own machine under a name; a refusal is thrown as on every other call. With a body it is asked for by POST. */
export async function download(url: string, name: string, body?: unknown): Promise<void> {
  const answer = await fetch(
    url,
    body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  )
  if (!answer.ok) throw new ApiProblem((await answer.json()) as Problem)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
