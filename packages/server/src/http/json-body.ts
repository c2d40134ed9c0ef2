import { type Problem, Refused } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'

/** Where a key stands that an answer names, characters at most. */
const LONGEST_PATH = 200

/** Reads bodies of JSON. Keys by which an object would take on another's nature are no slip of a program and are refused by name. */
export function jsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) =>
    parse(request, body, (error, value) => {
      const path = error ? forbiddenIn(body) : undefined
      done(path === undefined ? error : new Refused(forbidden(path)), value)
    }),
  )
}

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** The keys that lead to a forbidden one; undefined where there is none, or no JSON. */
function forbiddenIn(body: string): readonly string[] | undefined {
  const waiting: (readonly [unknown, readonly string[]])[] = []
  try {
    waiting.push([JSON.parse(body.replace(/^\uFEFF/, '')), []])
  } catch {
    return undefined
  }
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, path] = next
    if (!isNode(node)) continue
    if (Object.hasOwn(node, '__proto__')) return [...path, '__proto__']
    const own = Object.hasOwn(node, 'constructor') ? node.constructor : undefined
    if (isNode(own) && Object.hasOwn(own, 'prototype')) return [...path, 'constructor', 'prototype']
    for (const [key, value] of Object.entries(node)) if (isNode(value)) waiting.push([value, [...path, key]])
  }
  return undefined
}

function forbidden(keys: readonly string[]): Problem {
  const path = keys.join('.').slice(0, LONGEST_PATH)
  const key = keys.at(-1) === 'prototype' ? 'constructor.prototype' : '__proto__'
  return {
    code: 'key-not-allowed',
    status: 400,
    path,
    message: {
      zh: `请求内容中不允许有名为“${key}”的字段（位于“${path}”）；请删除或改名后重新发送。`,
      en: `The body holds a key “${key}”, at “${path}”, and no such key is allowed: remove or rename it and send the body again.`,
    },
  }
}
