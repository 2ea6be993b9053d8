/** The section that a configuration is written to. */
export const backendSection = 'backend';

/**
 * A backend's options as the text of a cinder.conf. Lists are joined by commas, objects are `key:value` pairs, a list of
 * objects is the option as often as there are objects. `$` is doubled: oslo.config takes a single one for another option.
 */
export function cinderConf(configuration: Readonly<Record<string, unknown>>): string {
  const options = Object.entries(configuration)
    .filter(([, value]) => value !== undefined && value !== null)
    .flatMap(([name, value]) => timesGiven(value).map((each) => `${name} = ${continued(escaped(textOf(each)))}`));
  return ['[DEFAULT]', `enabled_backends = ${backendSection}`, '', `[${backendSection}]`, ...options, ''].join('\n');
}

/** Of an option that may be there more than once, such as replication_device, each of its values. */
function timesGiven(value: unknown): readonly unknown[] {
  return Array.isArray(value) && value.some(isObject) ? value : [value];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  if (!isObject(value)) return String(value);
  return Object.entries(value)
    .map(([key, each]) => `${key}:${Array.isArray(each) ? each.join(' ') : String(each)}`)
    .join(',');
}

function escaped(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A value goes on in indented lines. */
function continued(text: string): string {
  return text.trimEnd().replaceAll(/\r?\n/g, '\n    ');
}
