/** What can be wrong with the database itself, apart from a refused statement. */
export type StoreProblemCode =
  | 'folder-in-use'
  | 'folder-unusable'
  | 'disk-full'
  | 'database-unreachable'
  | 'database-stopped'
  | 'database-unsuitable'
  | 'nested-use'
  | 'value-out-of-range'
  | 'database-newer'
  | 'migration-changed'
  | 'migration-failed'
  | 'migrations-misordered'
  | 'identity-key-wrong'
  | 'identity-key-in-use'
  | 'backup-damaged'
  | 'backup-newer'
  | 'target-not-empty'

const statuses: Partial<Record<StoreProblemCode, number>> = {
  'disk-full': 507,
  'database-unreachable': 503,
  'database-stopped': 503,
  'folder-in-use': 409,
  'identity-key-in-use': 409,
}

/**
 * A refusal of the store that a person can act on. `status` is the HTTP status that a caller may answer with; `zh` and `en` say what happened
 * and what to do. The message of the error is the English text followed by the Chinese one.
 */
export class StoreProblem extends Error {
  readonly code: StoreProblemCode
  readonly status: number
  readonly zh: string
  readonly en: string

  constructor(code: StoreProblemCode, text: { zh: string; en: string }, cause?: unknown) {
    super(`${text.en} ${text.zh}`, cause === undefined ? undefined : { cause })
    this.name = 'StoreProblem'
    this.code = code
    this.status = statuses[code] ?? 500
    this.zh = text.zh
    this.en = text.en
  }
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '08003',
])

/** What the driver says, without a code, when the connection broke or none came in time. */
const brokenConnection = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** The code of a driver or system error, if it has one: an SQLSTATE such as `53100`, or a system code such as `ECONNREFUSED`. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Turns the errors a person can act on into a {@link StoreProblem}; every other error is given back unchanged. */
export function asStoreProblem(error: unknown): unknown {
  if (error instanceof StoreProblem) return error
  const code = errorCode(error)
  if (code === '53100' || code === 'ENOSPC') return diskFull(error)
  const broken = error instanceof Error && brokenConnection.test(error.message)
  if (broken || (code !== undefined && unreachable.has(code))) {
    return new StoreProblem(
      'database-unreachable',
      {
        zh: '连不上数据库。请检查数据库服务器是否在运行、地址与网络是否正确，然后重试；未确认的操作没有写入。',
        en: 'The database cannot be reached. Check that its server runs and that address and network are right, then try again; what was not confirmed was not written.',
      },
      error,
    )
  }
  return error
}

/** The disk of the database is full: nothing is written any more, reading goes on. */
export function diskFull(cause?: unknown): StoreProblem {
  return new StoreProblem(
    'disk-full',
    {
      zh: '数据库所在磁盘空间不足，暂停写入，查询照常。请清理磁盘或扩容，之后写入自动恢复。',
      en: 'The disk of the database is full: writing is refused, reading goes on. Free or add disk space; writing then resumes by itself.',
    },
    cause,
  )
}

/** Whether an error, of the store, the driver or the system, says that the disk is full. */
export function isDiskFull(error: unknown): boolean {
  const problem = asStoreProblem(error)
  return problem instanceof StoreProblem && problem.code === 'disk-full'
}
