import { ApiProblem, OFFLINE, problemOf } from './client.ts'

export interface Downloading {
  /** What the file is called on the person's machine; as the server calls it where left out. */
  readonly name?: string
  /** With it the file is asked for by POST: what names a person, and why somebody looks, never stands in an address. */
  readonly body?: unknown
}

const offline = (): never => {
  throw new ApiProblem(OFFLINE)
}

/** Takes a file to the person's own machine. @throws ApiProblem with the server's refusal, or `offline`, also where the file broke off */
export async function download(url: string, { name, body }: Downloading = {}): Promise<void> {
  const answer = await fetch(url, {
    credentials: 'same-origin',
    ...(body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(offline)
  if (!answer.ok) throw new ApiProblem(await problemOf(answer))
  const content = await answer.blob().catch(offline)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name ?? nameIn(answer.headers.get('content-disposition') ?? '')
  link.click()
  URL.revokeObjectURL(link.href)
}

/** The name that an answer gives its file (RFC 6266), the one in all letters where there are two; empty where it gives none. */
export function nameIn(disposition: string): string {
  const whole = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  try {
    if (whole !== undefined) return decodeURIComponent(whole)
  } catch {
    // Not written as the rule says: the plain name stands.
  }
  return /filename="([^"]*)"/i.exec(disposition)?.[1] ?? ''
}
