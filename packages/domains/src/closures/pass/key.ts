import { defineRecord, f, refuse, type TimedDuty, where } from '@guatu/kernel'

/** The name by which a ticket calls the key that signed it. */
export const keyName = (recordId: string): string => recordId.slice(0, 8)

/**
 * The public half of a key that signs passes 签发密钥: one of the server, one of each device that issues passes without a network.
 * The secret half never leaves where it was made; a lost telephone is answered by revoking its key.
 */
export const passKey = defineRecord({
  name: 'passKey',
  label: { zh: '通行证签发密钥', en: 'Pass signing key' },
  at: 'province',
  title: 'publicKey',
  key: ['publicKey'],
  fields: {
    publicKey: f.code({
      label: { zh: '公钥', en: 'Public key' },
      pattern: /^[A-Za-z0-9_-]{43}$/,
      example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    }),
    holder: f.actor({ label: { zh: '持有人', en: 'Holder' }, optional: true }),
    validTo: f.moment({ label: { zh: '有效期止', en: 'Valid to' } }),
    stopReason: f.text({ label: { zh: '停用原因', en: 'Why stopped' }, max: 200, optional: true }),
    stoppedAt: f.moment({ label: { zh: '停用时间', en: 'Stopped at' }, optional: true }),
  },
  states: {
    active: { zh: '启用', en: 'Active' },
    revoked: { zh: '已停用', en: 'Revoked' },
    expired: { zh: '已过期', en: 'Expired' },
  },
  actions: {
    register: {
      label: { zh: '登记密钥', en: 'Register a key' },
      from: 'new',
      to: 'active',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' },
      needs: ['publicKey', 'validTo'],
      guard: ({ after, act, actor, parameter }) => {
        const days = parameter<number>('closures.key.days')
        const latest = Temporal.Instant.from(act.happenedAt)
          .add({ hours: 24 * days })
          .toString({ smallestUnit: 'millisecond' })
        const validTo = after.validTo ?? ''
        return validTo > act.happenedAt && (actor.system || validTo <= latest)
          ? undefined
          : refuse(
              'term-wrong',
              {
                zh: `设备密钥的有效期最长${days}天，到期重新登记。`,
                en: `The key of a device holds for at most ${days} days; register anew.`,
              },
              { path: 'input.validTo' },
            )
      },
      effect: (_row, act) => ({ holder: act.actor }),
    },
    revoke: {
      label: { zh: '停用', en: 'Revoke' },
      from: ['active'],
      to: 'revoked',
      by: { 'duty-officer': 'area', 'county-clerk': 'area', 'town-clerk': 'area' },
      needs: ['stopReason'],
      tone: 'danger',
      effect: (_row, act) => ({ stoppedAt: act.happenedAt }),
    },
    expire: { label: { zh: '过期', en: 'Expire' }, from: ['active'], to: 'expired', by: {}, automatic: true },
  },
  read: { 'duty-officer': 'area', 'county-clerk': 'area', 'town-clerk': 'area', auditor: 'area', administrator: 'area' },
  list: { columns: ['publicKey', 'holder', 'area', 'state', 'validTo'], filters: ['state', 'holder', 'validTo'], sort: '-validTo' },
})

export const timed: TimedDuty = {
  name: 'pass-key-expire',
  record: 'passKey',
  where: where(passKey, { state: 'active' }),
  at: 'validTo',
  act: () => ({ action: 'expire', input: {} }),
}
