import { describe, expect, it } from 'vitest';
import { dashboardBench, isBrowserThere } from './dashboard-bench.js';

const bench = dashboardBench();

interface Recording {
  readonly last: number;
  readonly moments: readonly {
    readonly number: number;
    readonly content: {
      readonly method?: string;
      readonly entry?: number;
      readonly objects?: readonly { readonly label: string }[];
    };
  }[];
}

describe.skipIf(!isBrowserThere)('the past of an array in a browser', () => {
  it('records, goes back to a moment, compares two, and branches from one by a link', async () => {
    await bench.open('#/time');
    await bench.page.getByRole('button', { name: 'Record' }).click();
    await bench.page.getByText('moment 0 of 0 to 0').waitFor();
    const { id } = await bench.lab.volume('before', 1);
    await bench.lab.remove(`volumes/${id}`);
    await bench.page.getByText('volume before deleted').first().waitFor();
    const answer = await fetch(`${bench.lab.simulator.controlUrl}/arrays/1/timeline`);
    const recording = (await answer.json()) as Recording;
    const made = recording.moments.find(({ content }) => content.objects?.some(({ label }) => label === 'before'));
    if (made === undefined) throw new Error('the volume is of no moment');
    await bench.page.goto(`${bench.lab.simulator.url}/#/time/${made.number}`);
    await bench.page.getByText(`moment ${made.number} of 0 to`).waitFor();
    await bench.page.getByText('1 volume', { exact: true }).waitFor();
    await bench.page.getByText(`What differs between moment ${made.number - 1} and ${made.number}`).waitFor();
    await bench.page.getByRole('button', { name: 'Branch from here' }).click();
    await bench.page.getByText(/Array 2 goes on from moment/).waitFor();
    await bench.page.locator('.array-choice select').selectOption('2');
    await bench.page.getByRole('link', { name: 'Overview' }).click();
    await bench.page.getByRole('row', { name: /^before 1 GiB/ }).waitFor();
    await bench.page.locator('.array-choice select').selectOption('1');
    await bench.page.getByText('Volumes (0)').waitFor();
    const deletion = recording.moments.findLast(({ content }) => content.method === 'DELETE');
    await bench.page.goto(`${bench.lab.simulator.url}/#/requests/${deletion?.content.entry}`);
    await bench.page.getByText('What changed since the request before it').waitFor();
    await bench.page.locator('summary').getByText('volume before deleted').waitFor();
    await bench.page.getByRole('link', { name: /^Moments \d+ to \d+ of the time line/ }).click();
    await bench.page.getByText(/^What differs between moment/).waitFor();
    await bench.page.goto(`${bench.lab.simulator.url}/#/time/${made.number}/0`);
    await bench.page.getByRole('button', { name: 'Back' }).click();
    await bench.page.getByText(`moment ${made.number - 1} of 0 to`).waitFor();
    await bench.page.getByRole('button', { name: 'Play' }).click();
    await bench.page.getByText(`moment ${recording.last} of 0 to`).waitFor();
    expect(bench.wrong).toEqual([]);
  });
});
