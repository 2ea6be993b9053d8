import type { Dispatcher } from 'undici';

/** A request's path with its query. */
export function pathOf({ path, query }: Dispatcher.DispatchOptions): string {
  if (query === undefined || Object.keys(query).length === 0) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query as Record<string, string>)}`;
}

/** A body as JSON; text where it is none, null where there is none. */
export function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
