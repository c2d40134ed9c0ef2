import { type AreaView, areaProblem, no, ok, type Result } from '@guatu/kernel'

type Find = (written: string) => Result<string>

/** Marks a text under which several areas are known. */
const MANY = ''

/**
 * Finds areas as people write them: by id, code, name, or a name with its parents in front (`巴州区曾口镇`, `四川省巴中市巴州区曾口镇`).
 * Answers are remembered, because sheets name the same few places again and again.
 */
export function areaFinder(view: AreaView): Find {
  const known = new Map<string, Result<string>>()
  let chains: ReadonlyMap<string, string> | undefined
  const look: Find = (written) => {
    if (view.get(written)) return ok(written)
    const coded = view.byCode(written)
    if (coded) return ok(coded.id)
    const named = view.theOne(written)
    if (named.ok) return ok(named.value.id)
    chains ??= chainsOf(view)
    const chain = chains.get(written.replace(/[\s/、,，-]+/g, ''))
    if (chain !== undefined && chain !== MANY) return ok(chain)
    return named
  }
  return (written) => {
    const text = written.trim()
    if (text === '') return no(areaProblem('area-name-unknown', { name: '—', day: view.day }))
    const found = known.get(text) ?? look(text)
    known.set(text, found)
    return found
  }
}

/** Every unbroken chain of names that ends in an area → its id. */
function chainsOf(view: AreaView): ReadonlyMap<string, string> {
  const chains = new Map<string, string>()
  for (const area of view.nodes()) {
    let chain = ''
    for (const { name } of view.ancestors(area.id)) {
      chain = name + chain
      const known = chains.get(chain)
      chains.set(chain, known === undefined || known === area.id ? area.id : MANY)
    }
  }
  return chains
}
