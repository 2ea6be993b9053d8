/** The step with the number of the round for each <n>; a text that is just that is a number. */
export function inRound<Value>(value: Value, round: number): Value {
  if (value === '<n>') return round as Value;
  if (typeof value === 'string') return value.replaceAll('<n>', String(round)) as Value;
  if (Array.isArray(value)) return value.map((each: unknown) => inRound(each, round)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inRound(each, round)])) as Value;
}
