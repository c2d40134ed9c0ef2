import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer } from '../main.ts'
import { type Command, none, print } from './command.ts'
import { loadWhole } from './cut-off.ts'
import { OIDC_HELP } from './oidc-settings.ts'
import { readSettings, SETTING_OPTIONS, SETTINGS_HELP } from './settings.ts'

const WEB = fileURLToPath(new URL('../../../../apps/web/dist', import.meta.url))
const FIELD = fileURLToPath(new URL('../../../../apps/field/dist', import.meta.url))
/** The day of the reference meeting, at which the demonstration city stands. */
const DEMO_DAY = '2020-02-14'

/** Serves the application until it is told to stop. */
export const serve: Command = {
  summary: { zh: '启动系统', en: 'start the system' },
  help: `guatu serve [--data DIR] [--port N] [--host ADDRESS] [--demo bazhong|none] [--today DATE] [--database URL]

${SETTINGS_HELP}
  --port N          端口 / port                          GUATU_PORT       8080
  --host ADDRESS    监听地址 / address to listen on      GUATU_HOST       127.0.0.1
  --base-url URL    对外网址 / address people use        GUATU_BASE_URL
  --demo bazhong    载入示例城市 / demonstration city    GUATU_DEMO       none
  --people N        示例人数 / invented people in it     GUATU_PEOPLE     2000
  --seed N          示例人群的随机种子 / their seed      GUATU_SEED       5119
${OIDC_HELP}`,
  options: SETTING_OPTIONS,
  run: async (values, positionals) => {
    none(positionals)
    const settings = readSettings(values)
    const demo = settings.demo === 'bazhong'
    print('挂图正在启动… / Guatu is starting')
    let logins = ''
    const server = await startServer(
      { ...settings, web: WEB, field: FIELD, ...(demo && settings.today === undefined ? { today: DEMO_DAY } : {}) },
      async (store, accounts) => {
        if (!demo) return
        const { DEMO_PASSWORD, loadBazhong } = await import('../demo/bazhong.ts')
        const load = () => loadBazhong(store, accounts, print, { people: settings.people, seed: settings.seed })
        const cast = await loadWhole(resolve(settings.data), store.areas.tree.size === 0, load, print)
        const lines = cast.map(({ username, name }) => `  ${username.padEnd(14)}${name}`)
        logins = `示例账号（密码均为 ${DEMO_PASSWORD}） / demonstration accounts (password ${DEMO_PASSWORD})\n${lines.join('\n')}\n`
      },
    )
    print(`\n  ${server.url}\n`)
    if (demo) print(logins)
    await stopped()
    print('正在关闭… / closing')
    await server.close()
    return 0
  },
}

/** Resolves when the process is asked to end. */
const stopped = () =>
  new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
