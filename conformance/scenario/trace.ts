import { createHash } from 'node:crypto';
import type { Exchange } from '../arrays/exchange.js';
import type { DriverCall } from '../manager/outcome.js';

/** Answers beyond this are told by their length and digest. */
const longestAnswerCharacters = 2000;

/**
 * What happened in a story, a line of JSON each: steps, driver calls, requests of the array, time. The same version,
 * seed and file give the same bytes: ports, which are any free ones, are told by their number in the order of use.
 */
export class Trace {
  private readonly lines: string[] = [];
  private readonly ports = new Map<string, string>();
  private readonly startMs: number;

  constructor(startMs: number, head: object) {
    this.startMs = startMs;
    this.add({ trace: 1, ...head });
  }

  step(index: number, what: string, nowMs: number): void {
    this.add({ step: index + 1, what, atMs: nowMs - this.startMs });
  }

  call({ method, args, answer }: DriverCall): void {
    this.add({ call: method, args, ...answer });
  }

  exchange({ timeMs, method, url, status, body, answer }: Exchange): void {
    this.add({
      request: `${method} ${url}`,
      atMs: timeMs - this.startMs,
      ...(body === null || body === undefined ? {} : { body }),
      status,
      ...(answer === undefined ? {} : { answer: abridged(answer) }),
    });
  }

  event({ timeMs, ...event }: { readonly timeMs?: number }): void {
    this.add({ event, atMs: (timeMs ?? this.startMs) - this.startMs });
  }

  end(result: object): void {
    this.add({ end: result });
  }

  /** A TCP port that is another one in each run. */
  anyPort(port: number): void {
    const key = String(port);
    if (!this.ports.has(key)) this.ports.set(key, `PORT_${this.ports.size + 1}`);
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private add(line: object): void {
    let text = JSON.stringify(line);
    for (const [port, name] of this.ports) {
      text = text.replace(new RegExp(`(?<=[:"])${port}(?=[",}\\]/])`, 'g'), name);
    }
    this.lines.push(text);
  }
}

function abridged(answer: unknown): unknown {
  const text = JSON.stringify(answer) ?? '';
  if (text.length <= longestAnswerCharacters) return answer;
  return { characters: text.length, sha256: createHash('sha256').update(text).digest('hex') };
}
