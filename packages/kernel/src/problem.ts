import type { Label } from './label.ts'
import { fill } from './words/fill.ts'

/**
 * A refusal is data (design law 9, RFC 9457): a stable code, an HTTP status, the field it concerns and a sentence in both
 * languages that says what to do.
 */
export interface Problem {
  readonly code: string
  readonly status: number
  readonly message: Label
  /** Path of the field in the caller's input, e.g. `input.dueOn` or `rows.3.phone`. */
  readonly path?: string
  /** Further problems, when several fields are wrong at once. */
  readonly problems?: readonly Problem[]
  /** What a program may need to go on: the existing record's id, the current version, the date that would be right. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** Thrown only where a value cannot be returned; carries the same data. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.message.en}`)
    this.name = 'Refused'
    this.problem = problem
  }
}

export const refuse = (code: string, message: Label, rest: Omit<Partial<Problem>, 'code' | 'message'> = {}): Problem => ({
  status: 422,
  ...rest,
  code,
  message,
})

const CATALOGUE = {
  'not-signed-in': [401, '请先登录。', 'Sign in first.'],
  'not-allowed': [
    403,
    '您没有“{action}”的权限；需要时请联系系统管理员。',
    'You have no permission for “{action}”; ask the system administrator if you need it.',
  ],
  'outside-jurisdiction': [
    403,
    '该记录不在您的管辖范围内：请由管辖它的单位办理，或请系统管理员核对您的授权。',
    'This record lies outside your jurisdiction: leave it to whom it belongs, or ask the system administrator to check your grants.',
  ],
  'not-found': [404, '没有找到{what}，请检查编号或刷新列表。', 'No such {what}; check the number or refresh the list.'],
  'before-entered': [
    409,
    '{then}时还没有这条“{what}”，它自{since}起才有；请核对发生时间，填写此后的时间。',
    'This record ({what}) did not exist yet at {then}; it has existed since {since}. Check when it happened, and give a time after that.',
  ],
  'wrong-method': [405, '这个地址不接受{method}，请改用{allowed}。', 'This address does not take {method}; use {allowed}.'],
  'no-such-action': [404, '“{record}”没有“{action}”这个操作。', '“{record}” has no action “{action}”.'],
  'wrong-state': [
    409,
    '当前状态为“{state}”，不能执行“{action}”；{instead}',
    'The record is “{state}”; “{action}” cannot be done now. {instead}',
  ],
  'correction-settled': [
    409,
    '“{fields}”已据以作出处置，只改记录不会重新处置；{instead}',
    'What was decided rests on “{fields}”; correcting the record would not decide again. {instead}',
  ],
  'version-conflict': [
    409,
    '这条记录已被他人修改（现为第{actual}版，您看到的是第{expected}版）；请刷新，核对后再提交。',
    'Somebody changed this record (now version {actual}, you saw {expected}); refresh, compare and send again.',
  ],
  'seen-otherwise': [
    409,
    '您看到之后，这条记录的“{fields}”已被更改；请看过现在的内容，再决定是否“{action}”。',
    'What you saw has been changed since: {fields}. Look at it as it is now before you do “{action}”.',
  ],
  'not-looked-at': [
    409,
    '这条记录被更正过，须看过现在的内容才能“{action}”：请打开记录，核对后办理；用接口办理的，请写明看到的版本。',
    'This record was corrected: “{action}” is for whoever has seen it as it is now. Open it and compare; a program names the version that was seen.',
  ],
  'no-version-yet': [
    412,
    '还没有这条“{what}”，没有可核对的版本；新建时请不要带版本（If-Match）。',
    'There is no such {what} yet, so there is no version of it to compare: send no version (If-Match) with the act that makes it.',
  ],
  'already-exists': [409, '{what}已存在，请打开已有记录。', '{what} exists already; open the existing record.'],
  'id-reused': [
    409,
    '事件编号已用于另一件事；请为新的操作生成新的编号。',
    'This event id was used for something else; make a new id for a new act.',
  ],
  'out-of-order': [
    409,
    '这件事发生在较早的时间，插入后与后来的“{later}”矛盾；请核对两者的时间。',
    'This happened earlier and contradicts the later “{later}”; compare the two times.',
  ],
  'from-future': [422, '发生时间在未来，请检查设备时钟。', 'The time of happening lies in the future; check the clock of the device.'],
  required: [422, '请填写“{field}”。', 'Fill in “{field}”.'],
  invalid: [422, '“{field}”不正确：{why}', '“{field}” is not right: {why}'],
  unexpected: [422, '不认识的字段“{field}”，请删除。', 'Unknown field “{field}”; remove it.'],
  'composed-by-system': [
    422,
    '“{action}”的内容由系统统计生成，不接受提交或更正的内容；数字有误的，请更正所依据的记录，再重新生成。',
    'What “{action}” holds is made by the system; content that is sent or corrected is not taken. Where a figure is wrong, correct the records it is counted from, then make it again.',
  ],
  'area-not-listed': [422, '没有区划“{area}”；请从列表中选择。', 'There is no area “{area}”; choose one from the list.'],
  'area-unknown': [422, '没有区划“{area}”（{day}）；请从列表中选择。', 'No area “{area}” on {day}; choose one from the list.'],
  'area-level': [
    422,
    '“{record}”应登记在{level}或以下，请选择更小的区划。',
    '“{record}” belongs at {level} or below; choose a smaller area.',
  ],
  'too-large': [413, '内容过大，上限为{limit}。', 'Too large; the limit is {limit}.'],
  'too-many': [429, '请求过于频繁，请{seconds}秒后再试。', 'Too many requests; try again in {seconds} s.'],
  'too-many-streams': [
    429,
    '同一登录打开的实时页面已达上限（{most}个）；请关闭不用的页面，之后自动恢复更新。',
    'This session already follows live updates in {most} windows, the most there may be; close some, and updates come by themselves.',
  ],
  'store-full': [
    507,
    '磁盘空间不足，暂时不能写入；读取不受影响。请清理磁盘。',
    'The disk is full: nothing can be written, reading goes on. Free some space.',
  ],
  unavailable: [
    503,
    '系统暂时不可用，请稍后再试；已保存的内容不会丢失。',
    'The system is not available for the moment; try again. Nothing saved is lost.',
  ],
  internal: [
    500,
    '系统内部错误（编号{ref}），未保存任何内容；请将编号告知管理员。',
    'Internal error (reference {ref}); nothing was saved. Tell the administrator the reference.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>

export type ProblemCode = keyof typeof CATALOGUE

/** A problem of the catalogue, with its placeholders filled. */
export function problem(
  code: ProblemCode,
  values: Readonly<Record<string, string | number | Label>> = {},
  rest: Omit<Partial<Problem>, 'code' | 'status' | 'message'> = {},
): Problem {
  const [status, zh, en] = CATALOGUE[code]
  return { code, status, message: fill({ zh, en }, values), ...rest }
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }
export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const no = (p: Problem): Result<never> => ({ ok: false, problem: p })
export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'status' in value && 'message' in value
