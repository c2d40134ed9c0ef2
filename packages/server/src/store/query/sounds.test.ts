import { describe, expect, it } from 'vitest'
import { soundsLike, soundsOf, typedSound } from './sounds.ts'

const like = (text: string, typed: string) => soundsLike(soundsOf(text), typedSound(typed))

describe('finding by sound', () => {
  it('takes initials and whole syllables, from the middle too, and says how near', () => {
    for (const typed of ['mqwd', 'moqing', 'moq', 'MQ', 'mo qing']) expect(like('摸清外地返乡人员底数', typed), typed).toBe('start')
    for (const typed of ['fxry', 'renyuan', 'RY', 'ren yu']) expect(like('摸清外地返乡人员底数', typed), typed).toBe('within')
    for (const typed of ['bz', 'bazhong', 'ba zhong']) expect(like('巴中', typed), typed).toBe('whole')
  })
  it('takes every reading of a character', () => {
    for (const typed of ['dbkz', 'tbkz', 'diaobo']) expect(like('调拨口罩等防护物资', typed), typed).toBe('start')
    for (const typed of ['zkz', 'zengkouzhen', 'ckz']) expect(like('曾口镇', typed), typed).toBe('whole')
    expect(like('长赤镇', 'changchi')).toBe('start')
  })
  it('keeps letters and figures together, and passes over marks', () => {
    expect(like('第3次“调度”会（2020）', 'd3cdd')).toBe('start')
    expect(like('N95口罩储备', 'n95kouzhao')).toBe('start')
  })
  it('does not take what is not there, nor nothing', () => {
    for (const typed of ['xyz', 'mqzz', '', ' ']) expect(like('摸清外地返乡人员底数', typed), typed).toBeUndefined()
    expect(like('……', 'a')).toBeUndefined()
  })
})
