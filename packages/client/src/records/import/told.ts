import { counted, type Label, label } from '@guatu/kernel'
import type { Job } from './use-jobs.ts'

export const JOB_STATES: Readonly<Record<Job['state'], Label>> = {
  running: label('正在导入', 'Running'),
  done: label('已完成', 'Done'),
  failed: label('未导入', 'Refused'),
  cancelled: label('已取消', 'Cancelled'),
  interrupted: label('被中断，可再次导入同一文件', 'Interrupted; import the same file again'),
}

/** How far a job is, and what became of its rows once it has ended: until then rows that are looked at together have no answer yet. */
export function toldOf({ state, dryRun, progress }: Pick<Job, 'state' | 'dryRun' | 'progress'>): Label {
  const { total, done, accepted, repeated, refused } = progress
  const { zh, en } = JOB_STATES[state]
  if (state === 'running') return { zh: `${zh}：共${total}行，已处理${done}行。`, en: `${en}: ${done} of ${counted(total, 'row')} done.` }
  const took = dryRun ? label('可以导入', 'could be taken') : label('已导入', 'taken in')
  return {
    zh: `${zh}：共${total}行，${took.zh}${accepted}，此前已有${repeated}，不能导入${refused}。`,
    en: `${en}: ${counted(total, 'row')}, ${accepted} ${took.en}, ${repeated} known before, ${refused} refused.`,
  }
}
