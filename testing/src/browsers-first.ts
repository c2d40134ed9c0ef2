import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The page by page walk for accessibility is the longest of all: begun last, everything else would be done and wait for it. */
const LONGEST = /\/e2e\/accessibility\./
const LONG = /\/e2e\//

const turn = ({ moduleId }: TestSpecification) => (LONGEST.test(moduleId) ? 0 : LONG.test(moduleId) ? 1 : 2)

/** Browser tests first, which take longest; the many short ones fill what is left of the workers. */
export class BrowsersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => turn(a) - turn(b))
  }
}
