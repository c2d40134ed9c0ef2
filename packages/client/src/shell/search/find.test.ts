import { pinyin } from 'pinyin-pro'
import { describe, expect, it } from 'vitest'
import { soundsLike } from './find.ts'

const sounds = (title: string) => pinyin(title, { toneType: 'none', type: 'array', nonZh: 'removed' })

describe('finding by sound', () => {
  const title = sounds('摸清外地返乡人员底数')
  it('takes initials and whole syllables, from the middle too', () => {
    for (const typed of ['mqwd', 'fxry', 'moqing', 'renyuan', 'RY', 'ren yuan']) expect(soundsLike(title, typed), typed).toBe(true)
  })
  it('does not take what is not there, nor nothing', () => {
    for (const typed of ['xyz', 'mqzz', '', ' ']) expect(soundsLike(title, typed), typed).toBe(false)
  })
})
