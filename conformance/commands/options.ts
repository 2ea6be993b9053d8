import type { Shard } from '../checks/selection.js';
import { durationMs, durationPattern } from '../scenario/quantities.js';
import { CommandError } from './command.js';

/** Values of options as what they mean. Each throws CommandError that says the value, and what is allowed. */
export const optionValue = {
  whole(option: string, text: string): number {
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text)))
      throw new CommandError(`${option} ${text} is not possible: allowed are whole numbers from 0`);
    return Number(text);
  },

  positive(option: string, text: string): number {
    const value = Number(text);
    if (!/^\d+(\.\d+)?$/.test(text) || value <= 0 || !Number.isFinite(value))
      throw new CommandError(`${option} ${text} is not possible: allowed are numbers above 0, e.g. 10 or 0.5`);
    return value;
  },

  duration(option: string, text: string): number {
    if (!new RegExp(durationPattern).test(text))
      throw new CommandError(`${option} ${text} is not possible: allowed are durations such as 30s, 10m or 2h`);
    return durationMs(text);
  },

  shard(option: string, text: string): Shard {
    const [, index, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
    if (index === undefined || count === undefined || index < 1 || index > count)
      throw new CommandError(`${option} ${text} is not possible: allowed is PART/PARTS, e.g. 1/8 to 8/8`);
    return { index, count };
  },

  oneOf<Word extends string>(option: string, text: string, allowed: readonly Word[]): Word {
    const found = allowed.find((each) => each === text);
    if (found !== undefined) return found;
    throw new CommandError(`${option} ${text} is not possible: allowed are ${allowed.join(', ')}`);
  },

  level(option: string, text: string): 'must' | 'should' {
    return this.oneOf(option, text, ['must', 'should']);
  },
};
