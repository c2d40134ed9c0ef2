/** Everything that this application keeps in a browser stands under these words. */
const OURS = 'guatu.'
/** What says nothing of anybody. */
const NOBODYS: readonly string[] = ['guatu.lang']
const WHOSE = 'guatu.whose'

export type Shelf = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>

/**
 * A browser at an office is used by one after the other: what was typed and not sent belongs to whoever was signed in, and goes before somebody
 * else sees a page; saved filters and chosen columns are with the account. @param person id of who is signed in now
 */
export function belongTo(person: string, shelves: readonly Shelf[] = browser()): void {
  for (const shelf of shelves) {
    if (shelf.getItem(WHOSE) === person) continue
    clear(shelf)
    try {
      shelf.setItem(WHOSE, person)
    } catch {
      // A full storage keeps nothing of theirs either.
    }
  }
}

/** At sign-out nothing of the person stays. */
export function leaveBrowser(shelves: readonly Shelf[] = browser()): void {
  for (const shelf of shelves) clear(shelf)
}

function clear(shelf: Shelf): void {
  const names = Array.from({ length: shelf.length }, (_, i) => shelf.key(i))
  for (const name of names) if (name?.startsWith(OURS) && !NOBODYS.includes(name)) shelf.removeItem(name)
}

function browser(): readonly Shelf[] {
  try {
    return [localStorage, sessionStorage]
  } catch {
    return []
  }
}
