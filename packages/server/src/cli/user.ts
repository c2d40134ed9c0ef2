import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Refused, ROLES } from '@guatu/kernel'
import { migrateAuth } from '../accounts/auth.ts'
import { unitUnknown } from '../accounts/granting.ts'
import { accountsOf } from '../accounts/open.ts'
import { isRole } from '../accounts/roles.ts'
import { areaFinder } from '../sheets/area-finder.ts'
import type { Store } from '../store/store.ts'
import { type Command, only, print, text, Usage, type Values } from './command.ts'
import { cityDay, withStore } from './data.ts'
import { SETTING_OPTIONS, SETTINGS_HELP } from './settings.ts'

const ROLE_LIST = Object.entries(ROLES)
  .map(([role, label]) => `    ${role.padEnd(20)}${label.zh} / ${label.en}`)
  .join('\n')

/** Accounts from the console: the first administrator, and a password that was forgotten. */
export const userCommand: Command = {
  summary: { zh: '建立账号、重置密码', en: 'add an account, reset a password' },
  help: `guatu user add NAME --role ROLE --area AREA [--unit UNIT] [--name 显示名] [--password-file FILE]
guatu user reset NAME [--password-file FILE]

  --role ROLE
${ROLE_LIST}
  --area AREA          区划名称或代码 / name or code of an area
  --unit UNIT          单位名称、简称或编号，须在 --area 之内；部门经办员必填，区县经办员要签收、反馈任务也须填
                       unit in that area that it works for: name, short name or id; an agency clerk needs one, and a county clerk who is to sign for tasks and report on them
  --password-file FILE 密码文件；不给则生成并显示一次 / else one is made and shown once（环境变量 GUATU_PASSWORD 亦可）

${SETTINGS_HELP}`,
  options: {
    ...SETTING_OPTIONS,
    role: { type: 'string' },
    area: { type: 'string' },
    unit: { type: 'string' },
    name: { type: 'string' },
    'password-file': { type: 'string' },
  },
  run: async (values, [verb, ...rest]) => {
    if (verb !== 'add' && verb !== 'reset') throw new Usage('用法：guatu user add|reset 用户名 / usage: guatu user add|reset NAME')
    const username = only(rest, 'NAME')
    const role = text(values.role)
    if (verb === 'add' && (role === undefined || !isRole(role))) throw new Usage(noRole(role))
    const { password, made } = await passwordOf(values)
    return withStore(values, async (store, settings) => {
      const accounts = accountsOf(store, settings)
      await migrateAuth(accounts.auth)
      if (verb === 'reset') {
        const done = await accounts.resetPassword(username, password)
        if (!done.ok) throw new Refused(done.problem)
        print(`已重置 reset: ${username}`)
      } else {
        const area = areaFinder(store.areas.tree.asOf(cityDay(store)))(text(values.area) ?? '')
        if (!area.ok) throw new Refused(area.problem)
        const unit = unitOf(store, text(values.unit), area.value)
        if (role === undefined || !isRole(role)) return 2
        const done = await accounts.add(
          { username, name: text(values.name) ?? username, password, grants: [{ role, area: area.value, ...(unit ? { unit } : {}) }] },
          'system',
        )
        if (!done.ok) throw new Refused(done.problem)
        print(`已建立 added: ${username}（${ROLES[role].zh} / ${ROLES[role].en}，${store.areas.index.name(area.value) ?? area.value}）`)
        if (role === 'county-clerk' && unit === undefined) print(SEES_ONLY)
      }
      if (made) print(`密码（只显示这一次） / password (shown only now): ${password}`)
      return 0
    })
  },
}

const SEES_ONLY = `没有指定单位：只能查看本区县各单位的任务，不能签收、反馈；要代表单位办理，请在“系统 → 账号”另授权并选择单位，或建账号时用 --unit。
No unit: this account sees the tasks of the county’s units and cannot sign for or report on them; grant it with a unit under System → Accounts, or add it with --unit.`

const noRole = (written: string | undefined): string =>
  `${
    written === undefined
      ? '请用 --role 指定角色，可选： / say the role with --role, one of:'
      : `没有角色“${written}”，--role 可选： / There is no role “${written}”; --role is one of:`
  }\n${ROLE_LIST}`

/** The unit that somebody wrote, by name, short name or id; of several with that name the one in the area. */
function unitOf(store: Store, written: string | undefined, area: string): string | undefined {
  if (written === undefined) return undefined
  const view = store.areas.tree.asOf(cityDay(store))
  if (view.get(written)?.level === 'unit') return written
  const near = view.theOne(written, { level: 'unit', within: area })
  const found = near.ok || near.problem.code === 'area-name-ambiguous' ? near : view.theOne(written, { level: 'unit' })
  if (found.ok) return found.value.id
  throw new Refused(found.problem.code === 'area-name-ambiguous' ? found.problem : unitUnknown(written))
}

async function passwordOf(values: Values): Promise<{ password: string; made: boolean }> {
  const file = text(values['password-file'])
  const given = file === undefined ? process.env.GUATU_PASSWORD : (await readFile(file, 'utf8')).trim()
  return given === undefined || given === ''
    ? { password: randomBytes(12).toString('base64url'), made: true }
    : { password: given, made: false }
}
