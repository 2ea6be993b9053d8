/** The section that a configuration is written to. */
export const backendSection = 'backend';

/** A backend's options as the text of a cinder.conf. Lists are joined by commas, objects are `key:value` pairs. */
export function cinderConf(configuration: Readonly<Record<string, unknown>>): string {
  const options = Object.entries(configuration)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name} = ${continued(textOf(value))}`);
  return ['[DEFAULT]', `enabled_backends = ${backendSection}`, '', `[${backendSection}]`, ...options, ''].join('\n');
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, each]) => `${key}:${Array.isArray(each) ? each.join(' ') : String(each)}`)
    .join(',');
}

/** A value goes on in indented lines. */
function continued(text: string): string {
  return text.trimEnd().replaceAll(/\r?\n/g, '\n    ');
}
