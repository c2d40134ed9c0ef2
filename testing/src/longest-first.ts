import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The page by page walk for accessibility is the longest of all: begun last, everything else would be done and wait for it. */
const LONGEST = /\/e2e\/accessibility\./
/** Of those without a browser the ones that take a minute and more: whatever is begun last leaves the other workers idle. */
const LONG = /\/e2e\/|\/(?:simulation|kill-nine|sign-in-full-disk\.http|play-city)\.test\./

const turn = ({ moduleId }: TestSpecification) => (LONGEST.test(moduleId) ? 0 : LONG.test(moduleId) ? 1 : 2)

/** The longest first, most of them in a browser; the many short ones fill what is left of the workers. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => turn(a) - turn(b))
  }
}
