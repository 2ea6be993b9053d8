import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, with the longest first: those which begin last decide how long a run takes. */
export const longest = [
  'test/e2e/test-cu.test.ts',
  'test/delivery/action.test.ts',
  'test/simulator/cli.test.ts',
  'test/conformance/scenario/library.test.ts',
  'test/crash/crash.test.ts',
  'test/conformance/checks/properties.test.ts',
  'test/e2e/report.test.ts',
  'test/e2e/dashboard.test.ts',
  'test/driver/sweep.test.ts',
  'test/conformance/subjects/second-driver.test.ts',
  'test/conformance/checks/models.test.ts',
  'test/conformance/subjects/cinder-subject.test.ts',
  'test/conformance/subjects/program.test.ts',
  'test/conformance/changed-driver/compile.test.ts',
  'test/simulator/store/crash.test.ts',
  'test/clients/vitest-fixture.test.ts',
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
