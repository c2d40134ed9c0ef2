import { pinyin } from 'pinyin-pro'

/** How each syllable of a text may be read: a character in every way it has, letters and figures that stand together as they are. */
export type Sounds = readonly (readonly string[])[]

const readings = new Map<string, readonly string[]>()

/** Every reading of a character, without tones: 调 is diao and tiao, whichever a word wants. */
function readingsOf(character: string): readonly string[] {
  const known = readings.get(character)
  if (known) return known
  const all = [...new Set(pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true }).map((one) => one.toLowerCase()))]
  readings.set(character, all)
  return all
}

/** What a text sounds like; marks and spaces say nothing. */
export const soundsOf = (text: string): Sounds =>
  [...text.matchAll(/\p{Script=Han}|[\p{L}\p{N}]+/gu)].flatMap(([run]) =>
    /^\p{Script=Han}$/u.test(run) ? [readingsOf(run)] : run.split(/(?=\p{Script=Han})|(?<=\p{Script=Han})/u).map(oneOf),
  )

const oneOf = (run: string): readonly string[] => (/^\p{Script=Han}$/u.test(run) ? readingsOf(run) : [run.toLowerCase()])

/** What was typed, as sounds are written: small letters without spaces and apostrophes. */
export const typedSound = (typed: string): string => typed.toLowerCase().replace(/[\s'’-]+/g, '')

/** Whether syllables from one on begin with these initials. */
const initialsAt = (sounds: Sounds, from: number, asked: string): boolean =>
  asked.length <= sounds.length - from && [...asked].every((letter, i) => sounds[from + i]?.some((one) => one.startsWith(letter)))

/** Whether what was typed is read from a syllable on; the last one may be half typed. */
function readAt(sounds: Sounds, at: number, asked: string, whole: boolean): boolean {
  const syllable = sounds[at]
  if (asked === '') return !whole || syllable === undefined
  return (
    syllable?.some((one) =>
      asked.startsWith(one) ? readAt(sounds, at + 1, asked.slice(one.length), whole) : !whole && one.startsWith(asked),
    ) ?? false
  )
}

/** How near a text sounds to what was typed, whole syllables (`bazhong`) or their initials (`bz`): all of it, its beginning, or within. */
export function soundsLike(sounds: Sounds, asked: string): 'whole' | 'start' | 'within' | undefined {
  if (asked === '' || sounds.length === 0) return undefined
  if ((asked.length === sounds.length && initialsAt(sounds, 0, asked)) || readAt(sounds, 0, asked, true)) return 'whole'
  if (initialsAt(sounds, 0, asked) || readAt(sounds, 0, asked, false)) return 'start'
  return sounds.some((_, i) => i > 0 && (initialsAt(sounds, i, asked) || readAt(sounds, i, asked, false))) ? 'within' : undefined
}
