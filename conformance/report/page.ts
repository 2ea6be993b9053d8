import { createHash } from 'node:crypto';
import { style } from './html-style.js';
import { html, Markup } from './markup.js';

interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Runs once when the page is there; it may use no text of reports as code. */
  readonly script?: string;
}

/**
 * A page that needs nothing else, and that may do nothing else: its content security policy allows its own style and script, by
 * their hashes, and no network. It works as a file.
 */
export function wholePage({ title, body, script = '' }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    script === '' ? "script-src 'none'" : `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${body}
${script === '' ? '' : new Markup(`<script>${script}</script>`)}
</body>
</html>
`.text;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
