// The other process of the lock's tests: locks the folder named by its argument, says how that went, and lives until its input closes.
import { StoreProblem } from '../problem.ts'
import { lockFolder } from './folder-lock.ts'

const [, , folder] = process.argv
if (folder === undefined) throw new Error('usage: folder-lock.holder.ts FOLDER')
try {
  lockFolder(folder)
  process.stdout.write('held\n')
} catch (error) {
  process.stdout.write(`${error instanceof StoreProblem ? error.code : String(error)}\n`)
}
process.stdin.resume()
