/**
 * Chance that can be asked at any point without what came before: the same seed, name and number give the same answer in a city of a
 * thousand and of four million. SplitMix32 finaliser (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195) over a hashed key.
 */
export interface Chance {
  /** In [0, 1). */
  at(name: string, index: number): number
  /** Whole number in [0, below). */
  whole(name: string, index: number, below: number): number
  pick<T>(name: string, index: number, from: readonly [T, ...T[]]): T
}

const GOLDEN = 0x9e3779b9

function mix(value: number): number {
  let z = (value + GOLDEN) | 0
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}

export function chanceOf(seed: number): Chance {
  const names = new Map<string, number>()
  const keyOf = (name: string) => {
    const known = names.get(name)
    if (known !== undefined) return known
    let key = mix(seed | 0)
    for (let i = 0; i < name.length; i++) key = mix(key ^ name.charCodeAt(i))
    names.set(name, key)
    return key
  }
  const at = (name: string, index: number) => mix(mix(keyOf(name) ^ (index | 0)) ^ Math.floor(index / 0x1_0000_0000)) / 0x1_0000_0000
  const whole = (name: string, index: number, below: number) => Math.floor(at(name, index) * below)
  return { at, whole, pick: (name, index, from) => from[whole(name, index, from.length)] ?? from[0] }
}
