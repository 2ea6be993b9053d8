import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, with the longest first: those which begin last decide how long a run takes. */
export const longest = [
  'test/e2e/test-cu.test.ts',
  'test/simulator/store/crash.test.ts',
  'test/driver/sweep.test.ts',
  'test/conformance/scenario/library.test.ts',
  'test/simulator/cli.test.ts',
  'test/e2e/dashboard.test.ts',
  'test/conformance/subjects/program.test.ts',
  'test/conformance/checks/properties.test.ts',
  'test/driver/contract.test.ts',
  'test/driver/behaviour/snapshots.test.ts',
  'test/conformance/subjects/cinder-subject.test.ts',
  'test/conformance/arrays/external-array.test.ts',
  'test/conformance/commands/run.test.ts',
];

/** Begins with the longest test files; the others follow in Vitest's order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((file) => moduleId.endsWith(file));
      return index === -1 ? longest.length : index;
    };
    return others.sort((one, other) => rank(one) - rank(other));
  }
}
