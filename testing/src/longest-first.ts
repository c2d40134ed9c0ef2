import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The turn of a file; the many short ones come last and fill what is left of the workers, for a long one that is begun last leaves the others
 * idle. The page by page walk for accessibility is the longest of all; it makes the demonstration city, for which every other browser would
 * wait at the beginning: long ones without a browser run beside it.
 */
const TURNS = [
  /\/e2e\/accessibility\.test\./,
  /\/(?:simulation|play-city)\.test\./,
  /\/e2e\//,
  /\/(?:kill-nine|sign-in-full-disk\.http)\.test\./,
  /(?:)/,
]

const turn = ({ moduleId }: TestSpecification) => TURNS.findIndex((one) => one.test(moduleId))

/** The longest first, most of them in a browser. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => turn(a) - turn(b))
  }
}
