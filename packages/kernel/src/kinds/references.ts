import * as z from 'zod'
import { type Label, label } from '../label.ts'
import { buildField, type Options } from './build.ts'
import type { Surroundings } from './field.ts'

const shortId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
const uuid = z.uuid()
/** Ids as machines write them; the schema knows more forms. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const isUuid = (value: unknown) => typeof value === 'string' && UUID.test(value)
type Target = 'area' | 'unit' | 'person' | 'record'

/** What all references share: a cell holds the name where one is known, the id otherwise; reading accepts both. */
const reference = (target: Target) => {
  const named = (value: string, at: Surroundings) => at.nameOf(target, value) ?? value
  return {
    read: (written: string, at: Surroundings) => {
      const found = at.find(target, written)
      return found.ok ? found.value : undefined
    },
    view: named,
    toForm: named,
    toCell: named,
  }
}

/** A node of the dated area tree, by its stable id. */
export const area = <const O extends boolean = false>(o: Options<O>) =>
  buildField<string, O, 'area'>('area', o, {
    schema: () => shortId,
    column: 'text',
    ...reference('area'),
    expects: label(
      '请填写区划名称或代码，重名时写明上级，例如“通江县兴隆镇”。',
      'write the name or code of an area, with its parent where names repeat.',
    ),
  })

/**
 * A body that acts: agency, work group, county headquarters. With `government`, an area may stand for its government: it decides on orders, but has
 * no inbox.
 */
export const unit = <const O extends boolean = false>(o: Options<O, { readonly government?: boolean }>) =>
  buildField<string, O, 'unit'>('unit', o, {
    ...(o.government ? { government: true } : {}),
    schema: () => shortId,
    column: 'text',
    ...reference('unit'),
    expects: label('请从单位名册中选择单位。', 'choose a unit from the register of units.'),
  })

/** Names by which somebody signs in. */
export const SIGN_IN = /^[\p{L}\p{N}._@-]{2,40}$/u

/** Who did something, as the log has it: the number of an account, `system`, or `self` and a link. The system writes it; nobody types it. */
export const actor = <const O extends boolean = false>(o: Options<O>) =>
  buildField<string, O, 'actor'>('actor', o, {
    schema: () => z.string().min(1).max(64),
    plainly: (value) => typeof value === 'string' && value !== '' && value.length <= 64,
    column: 'text',
    read: (written) => written,
    view: (value, at) => actorLabel(value)?.[at.lang] ?? at.nameOf('account', value) ?? value,
    expects: label('由系统记录，不需填写。', 'the system writes this, leave it out.'),
  })

/** What those who act without an account are called; undefined for an account. */
export function actorLabel(actor: string): Label | undefined {
  if (actor === 'system') return label('系统', 'the system')
  return actor.startsWith('self ') ? label('本人', 'the person') : undefined
}

/** Somebody who works with the system, by the name they sign in with: it stays when they act for another body. It grants nothing. */
export const account = <const O extends boolean = false>(o: Options<O>) =>
  buildField<string, O, 'account'>('account', o, {
    schema: () => z.string().regex(SIGN_IN),
    plainly: (value) => typeof value === 'string' && SIGN_IN.test(value),
    column: 'text',
    read: (written) => written.toLowerCase(),
    view: (value, at) => at.nameOf('account', value) ?? value,
    expects: label('请填写登录账号，例如 grid01。', 'write the name that somebody signs in with, such as grid01.'),
  })

/**
 * A reference to a person of the register. The id says nothing of the person and is neither masked nor encrypted; the name behind it
 * is shown masked, and only to those whose jurisdiction holds the person (docs/decisions/0031).
 */
export const person = <const O extends boolean = false>(o: Options<O>) =>
  buildField<string, O, 'person'>(
    'person',
    { ...o, sensitive: false },
    {
      schema: () => uuid,
      plainly: isUuid,
      column: 'uuid',
      ...reference('person'),
      expects: label('请从人员名册中选择。', 'choose a person of the register.'),
    },
  )

/** A reference to another record, named by its record type so that domains need not import each other. */
export const record = <const O extends boolean = false>(o: Options<O, { readonly of: string }>) =>
  buildField<string, O, 'record'>('record', o, {
    schema: () => uuid,
    plainly: isUuid,
    column: 'uuid',
    ...reference('record'),
    expects: label('请选择一条已有记录。', 'choose an existing record.'),
    of: o.of,
  })
