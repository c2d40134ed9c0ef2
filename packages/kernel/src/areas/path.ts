/**
 * Half-open text range `[from, to)` of all paths at or below `path` (see `AreaView.path`), under byte order (`COLLATE "C"` in
 * PostgreSQL). Paths are made of ids, so renaming and recoding leave them alone; only a move below another parent makes a new one.
 */
export const pathRange = (path: string): { readonly from: string; readonly to: string } => ({ from: path, to: `${path.slice(0, -1)}0` })

/** The smallest area that holds all of some, each given by its ids from the root down; undefined where nothing holds them all. */
export function smallestOver([first = [], ...rest]: readonly (readonly string[])[]): string | undefined {
  const shared = first.findIndex((id, i) => rest.some((other) => other[i] !== id))
  return first.slice(0, shared < 0 ? first.length : shared).at(-1)
}
