import { ApiProblem, OFFLINE, problemOf } from './client.ts'

/**
 * Sends a file and tells how much of it has left this machine, which a fetch does not say.
 * @param told share that was sent, 0–100
 * @throws ApiProblem with the server's refusal, or `offline`; AbortError when it was called off
 */
export function upload<T>(path: string, file: Blob, told: (percent: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append('file', file)
    request.upload.onprogress = ({ loaded, total }) => told(total === 0 ? 0 : Math.floor((100 * loaded) / total))
    request.onerror = () => reject(new ApiProblem(OFFLINE))
    request.onabort = () => reject(new DOMException('called off', 'AbortError'))
    request.onload = () => {
      const answer = new Response(request.responseText, { status: request.status })
      if (answer.ok) answer.json().then(resolve, reject)
      else problemOf(answer).then((problem) => reject(new ApiProblem(problem)), reject)
    }
    signal.addEventListener('abort', () => request.abort())
    request.open('POST', path)
    request.send(form)
  })
}
