import { type Act, type Actor, type ParameterReader, type Places, type Problem, refuse } from '@guatu/kernel'

/** An order on which somebody acts. */
interface Ordering {
  readonly after: { readonly organ?: string }
  /** Where it stands. */
  readonly area: string
  readonly actor: Actor
  readonly places: Places
  readonly today: string
}

/** Who answers for an order today: its organ, or what a reform has put in the place of that where the order stands. */
export function organOf({ after: { organ }, area, places, today }: Omit<Ordering, 'actor'>): string | undefined {
  const heirs = organ === undefined ? [] : places.heirs(organ, today)
  const here = places.path(area, today) ?? ''
  const reaches = (heir: string) => here.startsWith(governments(heir, places, today).at(-1)?.path ?? '-')
  return heirs.find(reaches) ?? heirs[0]
}

/** One government on the way from the top of the tree to an organ. */
interface Government {
  readonly level: string
  readonly path: string
}

/** The governments above and of an organ, the highest first; a body belongs to the land it stands in. */
export function governments(organ: string, places: Places, day: string): readonly Government[] {
  const out: Government[] = []
  let path = ''
  for (const id of (places.path(organ, day) ?? '').split('/').filter((one) => one !== '')) {
    path += `${id}/`
    const level = places.level(id, day)
    if (level !== undefined && out.at(-1)?.level !== level) out.push({ level, path })
  }
  return out
}

/** The government next above that of the organ; undefined where the tree ends. */
export const higher = (at: Omit<Ordering, 'actor'>): Government | undefined => governments(organOf(at) ?? '', at.places, at.today).at(-2)

/** An order is lifted by its organ, by what took its place, or by a government above it: whoever is named as lifting it is one of these. */
export function mustLiftItself(at: Ordering & { readonly after: { readonly liftedBy?: string } }): Problem | undefined {
  const lifting = governments(at.after.liftedBy ?? '', at.places, at.today).at(-1)?.path
  return governments(organOf(at) ?? '', at.places, at.today).some(({ path }) => path === lifting)
    ? undefined
    : refuse(
        'lifted-by-another',
        {
          zh: '解除机关应为作出决定的机关（或承接其职权的机关）或其上级人民政府。',
          en: 'The order is lifted by the organ that decided, by what took its place, or by a government above it.',
        },
        { path: 'input.liftedBy' },
      )
}

const DECIDERS: readonly string[] = ['leader', 'duty-officer']

/** Decides only the government next above the organ: neither the organ itself, nor a neighbour, nor two levels up. */
export function mustDecideAbove(at: Ordering): Problem | undefined {
  const above = higher(at)
  const may = above !== undefined && at.actor.grants.some((grant) => DECIDERS.includes(grant.role) && grant.path === above.path)
  return may
    ? undefined
    : refuse(
        'not-next-higher',
        {
          zh: '只能由决定机关的上一级人民政府批准或不予批准；请报上一级办理。',
          en: 'Only the government next above the deciding organ approves or refuses; pass it up one level.',
        },
        { status: 403 },
      )
}

/** Does the government above the organ decide outside of this system, so that its decision is entered with its paper? */
export function decidesOutside(at: Omit<Ordering, 'actor'> & { readonly parameter: ParameterReader }): boolean {
  const above = higher(at)
  return above === undefined || at.parameter<readonly string[]>('closures.approver.outside').includes(above.level)
}

/** Decided above: by the government next above the organ itself, or, where that decides outside of this system, by whoever enters its paper. */
export function mustBeDecidedAbove(at: Ordering & { readonly parameter: ParameterReader; readonly act: Act }): Problem | undefined {
  if (!decidesOutside(at)) return mustDecideAbove(at)
  return at.act.input.decisionFile === undefined
    ? refuse(
        'paper-missing',
        {
          zh: '上一级人民政府在本系统之外决定：请附其决定文件。',
          en: 'The government above decides outside of this system: add the paper of its decision.',
        },
        { path: 'input.decisionFile' },
      )
    : mustAnswerFor(at)
}

/** Acts for the organ or for a government above it: by a grant that reaches the organ. */
export function mustAnswerFor(at: Ordering): Problem | undefined {
  const { actor, places, today } = at
  const path = places.path(organOf(at) ?? '', today)
  return actor.system || (path !== undefined && actor.grants.some((grant) => path.startsWith(grant.path)))
    ? undefined
    : refuse(
        'not-your-organ',
        { zh: '您不能代表该决定机关；请由决定机关或其上级办理。', en: 'You do not act for this organ; the organ or one above it must.' },
        { status: 403 },
      )
}
