// Makes a clone ready to run, with any Node from 20 on: dependencies and pinned runtime from the lock file, the web build when
// stale, and for the tests a Chromium. Asks nothing, does nothing twice, says what it does.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const say = (zh, en) => process.stderr.write(`· ${zh} / ${en}\n`)
const stampOf = (name) => join(root, 'node_modules', `.guatu-${name}`)
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
const fail = (zh, en) => {
  process.stderr.write(`✗ ${zh}\n✗ ${en}\n`)
  process.exit(1)
}

function dependencies() {
  const wanted = createHash('sha256')
    .update(read(join(root, 'package-lock.json')))
    .digest('hex')
  if (read(stampOf('installed')) === wanted && existsSync(join(root, 'node_modules', '.bin', 'node'))) return
  say('正在安装依赖（首次需要几分钟）', 'installing dependencies (the first time takes some minutes)')
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0)
    fail(
      '依赖安装失败，请检查网络和npm镜像设置后重试。',
      'Installing failed; check the network and the npm registry setting, then try again.',
    )
  writeFileSync(stampOf('installed'), wanted)
}

/** Newest change below a folder, as one number; cheap enough to ask at every start. */
function newest(folder) {
  let latest = 0
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name)
    if (!entry.isFile() || path.includes('/node_modules/') || path.includes('/dist/') || path.endsWith('.test.ts')) continue
    latest = Math.max(latest, statSync(path).mtimeMs)
  }
  return latest
}

/** Builds what is stale, side by side: a fresh clone waits for the longest, not for the sum. */
async function build(apps) {
  const pinned = join(root, 'node_modules', '.bin', 'node')
  const shared = Math.max(...['client', 'domains', 'kernel', 'analytics'].map((name) => newest(`packages/${name}`)))
  const stale = apps.filter(({ app }) => {
    const index = join(root, app, 'dist/index.html')
    return !existsSync(index) || statSync(index).mtimeMs <= Math.max(shared, newest(app))
  })
  await Promise.all(
    stale.map(async ({ app, zh, en }) => {
      say(`正在构建${zh}`, `building the ${en}`)
      const child = spawn(pinned, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
        cwd: join(root, app),
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
      const status = await new Promise((done) => child.once('error', () => done(1)).once('close', done))
      if (status !== 0) fail(`${zh}构建失败：${said}`, `Building the ${en} failed; the reason stands above.`)
    }),
  )
}

const CHROMES = JSON.parse(read(join(root, 'scripts/chromes.json')))

function chromium() {
  const found = process.env.CHROMIUM ?? CHROMES.find((path) => existsSync(path))
  if (found) return
  say('正在安装Chromium和中文字体（浏览器测试用）', 'installing Chromium and Chinese fonts for the browser tests')
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
    execFileSync(command, rest, { stdio: ['ignore', 'ignore', 2] })
  }
  try {
    apt('update', '-qq')
    const install = (browser) => apt('install', '-y', '-qq', '--no-install-recommends', browser, 'fonts-noto-cjk')
    try {
      install('chromium-headless-shell')
    } catch {
      // Not every release has the shell by itself.
      install('chromium')
    }
  } catch {
    fail(
      '没有可用的Chromium，也无法自动安装；请安装Chromium，或用环境变量CHROMIUM指明路径。',
      'No Chromium was found and it could not be installed; install it, or name it in the variable CHROMIUM.',
    )
  }
}

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20)
  fail(`需要Node 20或更高版本，当前为${process.versions.node}。`, `Node 20 or later is needed; this is ${process.versions.node}.`)
dependencies()
mkdirSync(join(root, 'node_modules'), { recursive: true })
const forTests = process.argv.includes('--for-tests')
// Only who serves pages waits for them to be built.
const [, before] = process.argv.slice(process.argv.indexOf('--before'))
if (forTests || before === 'serve') {
  await build([
    { app: 'apps/web', zh: '网页', en: 'web application' },
    { app: 'apps/field', zh: '外勤应用', en: 'field app' },
  ])
}
if (forTests) chromium()
