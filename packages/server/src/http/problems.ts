import { isProblem, type Problem, problem, Refused } from '@guatu/kernel'
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'

/** A refusal as RFC 9457 says it, with both languages so that the screen can choose. */
export function toBody(p: Problem): Record<string, unknown> {
  return {
    type: `urn:guatu:problem:${p.code}`,
    title: p.message.en,
    status: p.status,
    code: p.code,
    message: p.message,
    ...(p.path === undefined ? {} : { path: p.path }),
    ...(p.problems === undefined ? {} : { problems: p.problems.map(toBody) }),
    ...(p.data === undefined ? {} : { data: p.data }),
  }
}

export const refuseWith = (reply: FastifyReply, p: Problem) =>
  reply.code(p.status).header('content-type', 'application/problem+json; charset=utf-8').send(toBody(p))

const malformed = (why: { zh: string; en: string }, status = 400): Problem => ({ code: 'malformed', status, message: why })

const MEGABYTE = 1_048_576

/** An address that no browser writes, such as `/%`: refused before any route is asked. */
export const refuseAddress = (reply: FastifyReply) =>
  refuseWith(
    reply,
    malformed({
      zh: '地址中有无法识别的字符，请检查后重试。',
      en: 'The address holds characters that cannot be read; check it and try again.',
    }),
  )

/** Whatever is thrown becomes a problem; what nobody expected gets a reference and no details. */
export function handleErrors(
  app: FastifyInstance,
  log: (reference: string, error: unknown) => void,
  wrongMethod: (method: string, url: string) => (Problem & { readonly allow: string }) | undefined = () => undefined,
): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof Refused) return refuseWith(reply, error.problem)
    const own =
      'zh' in error && 'en' in error && typeof error.zh === 'string' && typeof error.en === 'string'
        ? { zh: error.zh, en: error.en }
        : undefined
    if (own)
      return refuseWith(reply, { code: String(error.code), status: Number((error as { status?: number }).status ?? 500), message: own })
    switch (error.code) {
      case 'FST_ERR_CTP_BODY_TOO_LARGE':
        return refuseWith(reply, problem('too-large', { limit: `${Math.floor(request.routeOptions.bodyLimit / MEGABYTE)} MB` }))
      case 'FST_REQ_FILE_TOO_LARGE':
        return refuseWith(reply, problem('too-large', { limit: '20 MB' }))
      case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
        return refuseWith(reply, malformed({ zh: '请以JSON格式发送。', en: 'Send the body as JSON.' }, 415))
      case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
        return refuseWith(
          reply,
          malformed({ zh: '请以表单方式（multipart/form-data）上传文件。', en: 'Send the file as multipart/form-data.' }, 415),
        )
      case 'FST_ERR_CTP_INVALID_JSON_BODY':
      case 'FST_ERR_CTP_EMPTY_JSON_BODY':
        return refuseWith(reply, malformed({ zh: '请求内容不是有效的JSON。', en: 'The body is not valid JSON.' }))
    }
    if (isProblem(error)) return refuseWith(reply, error)
    if (error.statusCode === 429) return refuseWith(reply, problem('too-many', { seconds: Number(reply.getHeader('retry-after')) || 60 }))
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      return refuseWith(
        reply,
        malformed(
          { zh: '请求格式不正确，请检查地址和参数。', en: 'The request is malformed; check address and parameters.' },
          error.statusCode,
        ),
      )
    }
    const ref = Math.random().toString(36).slice(2, 10)
    log(ref, error)
    return refuseWith(reply, problem('internal', { ref }))
  })
  app.setNotFoundHandler((request, reply) => {
    const wrong = wrongMethod(request.method, request.url)
    if (wrong) return refuseWith(reply.header('allow', wrong.allow), wrong)
    return refuseWith(reply, problem('not-found', { what: { zh: '这个地址', en: 'address' } }))
  })
}
