/**
 * Half-open text range `[from, to)` of all paths at or below `path` (see `AreaView.path`), under byte order (`COLLATE "C"` in
 * PostgreSQL). Paths are made of ids, so renaming and recoding leave them alone; only a move below another parent makes a new one.
 */
export const pathRange = (path: string): { readonly from: string; readonly to: string } => ({ from: path, to: `${path.slice(0, -1)}0` })
