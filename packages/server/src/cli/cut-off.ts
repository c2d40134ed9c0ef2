import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Loads the demonstration city, and says so where its loading was cut off at an earlier start: what is there stays, and is not all of it.
 * @param folder the data folder
 * @param empty whether nothing is there yet, so that it is loaded now
 */
export async function loadWhole<T>(folder: string, empty: boolean, load: () => Promise<T>, say: (line: string) => void): Promise<T> {
  const mark = join(folder, 'demonstration-unfinished')
  if (empty) writeFileSync(mark, '')
  const loaded = await load()
  if (empty) rmSync(mark)
  else if (existsSync(mark))
    say(
      `示例城市上次载入时被中断，内容不完整；要完整的示例，请停止系统，删除数据目录 ${folder} 后重新启动。\n` +
        `Loading the demonstration city was cut off at an earlier start: it is not complete. For all of it, stop the system, remove the data folder ${folder} and start again.`,
    )
  return loaded
}
