import type { Entry, Version } from './entry.ts'
import type { AreaId } from './fact.ts'

const NONE: readonly Entry[] = []

/** All areas that ever lived, and who ever bore a code, a name or a short name. The indexes are made when they are first asked for. */
export class Register {
  readonly entries: ReadonlyMap<AreaId, Entry>
  /** Everything that ever stood at the top. */
  readonly tops: readonly Entry[]
  private codes: Map<string, Entry | Entry[]> | undefined
  private names: Map<string, Entry | Entry[]> | undefined
  private aliases: Map<string, Entry | Entry[]> | undefined

  constructor(entries: ReadonlyMap<AreaId, Entry>, tops: readonly Entry[]) {
    this.entries = entries
    this.tops = tops
  }

  everCoded(code: string): readonly Entry[] {
    this.codes ??= this.index((version) => (version.code === null ? [] : [version.code]))
    return list(this.codes.get(code))
  }

  everNamed(name: string): readonly Entry[] {
    this.names ??= this.index((version) => [version.name])
    return list(this.names.get(name))
  }

  everCalled(alias: string): readonly Entry[] {
    this.aliases ??= this.index((version) => version.aliases)
    return list(this.aliases.get(alias))
  }

  private index(keys: (version: Version) => readonly string[]): Map<string, Entry | Entry[]> {
    const index = new Map<string, Entry | Entry[]>()
    const add = (entry: Entry, version: Version) => {
      for (const value of keys(version)) {
        const there = index.get(value)
        if (there === undefined) index.set(value, entry)
        else if (Array.isArray(there)) there.at(-1) === entry || there.push(entry)
        else if (there !== entry) index.set(value, [there, entry])
      }
    }
    for (const entry of this.entries.values()) {
      for (const version of entry.past ?? []) add(entry, version)
      add(entry, entry.now)
    }
    return index
  }
}

const list = (found: Entry | Entry[] | undefined): readonly Entry[] => (found === undefined ? NONE : Array.isArray(found) ? found : [found])
