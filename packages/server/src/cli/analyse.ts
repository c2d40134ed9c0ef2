import { analyse } from '../../../analytics/bin/analyse.ts'
import type { WordCommand } from './command.ts'

/** The epidemic analytics on files; data too thin for a figure count as a refusal (1). */
export const analyseCommand: WordCommand = {
  summary: { zh: '疫情分析（文件）', en: 'epidemic analytics on files' },
  runWords: async (words) => {
    const code = await analyse(words, { out: (text) => process.stdout.write(text), error: (text) => process.stderr.write(text) })
    return code === 3 ? 1 : code
  },
}
