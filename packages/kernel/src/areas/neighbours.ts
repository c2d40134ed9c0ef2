import type { Area } from './area.ts'
import type { AreaId, Day } from './fact.ts'
import { type AreaLevel, isUnitLevel } from './level.ts'
import type { AreaTree } from './tree.ts'

/** A name or short name, and the first day on which it is none any more. */
interface Word {
  readonly word: string
  readonly to: Day | null
}

/** Where a unit stands or shall stand, as far as its parent and its neighbours have to know. */
export interface Standing {
  readonly id: AreaId
  readonly level: AreaLevel
  readonly name: string
  readonly aliases: readonly string[]
  readonly from: Day
  readonly to: Day | null
  /** All that it was, is and will be called. */
  readonly words: readonly Word[]
  readonly old?: Area
}

export const standing = (tree: AreaTree, area: Area): Standing => ({
  ...area,
  aliases: area.aliases ?? [],
  words: tree.history(area.id).flatMap(({ name, aliases = [], to }) => [name, ...aliases].map((word) => ({ word, to }))),
  old: area,
})

const holds = ({ to }: { readonly to: Day | null }, day: Day): boolean => to === null || day < to

const goesBy = (one: Standing, word: string, day: Day): boolean =>
  holds(one, day) && one.words.some((each) => each.word === word && holds(each, day))

/** What a unit goes by on a day or later, each word once. */
export const wordsOf = ({ words }: Standing, day: Day): readonly string[] => [
  ...new Set(words.filter((one) => holds(one, day)).map(({ word }) => word)),
]

/** Units by what they go by, so that none of them has to be looked for one by one. */
export class Neighbours {
  readonly #byWord = new Map<string, Standing[]>()

  add(one: Standing): void {
    for (const word of new Set(one.words.map((each) => each.word))) {
      const known = this.#byWord.get(word)
      if (known) known.push(one)
      else this.#byWord.set(word, [one])
    }
  }

  /** Those of exactly this name. */
  named(name: string): readonly Standing[] {
    return this.#known(name).filter((one) => one.name === name)
  }

  /** Those of exactly this short name. */
  called(alias: string): readonly Standing[] {
    return this.#known(alias).filter((one) => one.aliases.includes(alias))
  }

  /** The one that is called so now, or when it begins, and still on a day. */
  same(name: string, level: AreaLevel, day: Day): Standing | undefined {
    return this.named(name).find((one) => one.level === level && goesBy(one, name, day))
  }

  /** One that goes by one of these words on a day or later, also by a name that it is given only then. */
  namesake(words: readonly string[], day: Day, except?: AreaId): Standing | undefined {
    for (const word of words) {
      const other = this.#known(word).find((one) => one.id !== except && goesBy(one, word, day))
      if (other) return other
    }
    return undefined
  }

  #known(word: string): readonly Standing[] {
    return this.#byWord.get(word) ?? []
  }
}

/** The units and grids that lie right below an area on a day or later. */
export function neighboursOf(tree: AreaTree, parent: AreaId, day: Day): Neighbours {
  const all = new Neighbours()
  for (const one of tree.belowFrom(parent, day)) if (isUnitLevel(one.level)) all.add(standing(tree, one))
  return all
}
