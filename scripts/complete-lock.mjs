// A registry that carries only one platform's binaries makes npm write a lock file which `npm ci` then refuses everywhere,
// because the optional packages of the other platforms are missing. This adds them, as npm would, with the platform they are
// for. Run it after every change of dependencies: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

const named = (name, list) =>
  list.filter((one) =>
    new RegExp(`(^|[-/])${one}([-_]|$)`).test(name.replace('windows', 'win32').replace(/-arm-(eabi|gnueabihf|musleabihf)/, '-arm')),
  )

let added = 0
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const found = [`${place}/node_modules/${name}`, `node_modules/${name}`].some((one) => lock.packages[one])
    if (found) continue
    const os = named(name, SYSTEMS)
    const cpu = named(name, PROCESSORS)
    if (os.length === 0 && cpu.length === 0) continue
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[^\d]*/, ''),
      optional: true,
      ...(entry.dev ? { dev: true } : {}),
      ...(os.length > 0 ? { os } : {}),
      ...(cpu.length > 0 ? { cpu: cpu.slice(0, 1) } : {}),
    }
    added += 1
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} packages of other platforms added`)
