/** The options of the command line. */
export const optionTypes = {
  config: { type: 'string' },
  backend: { type: 'string' },
  stdio: { type: 'boolean' },
  log: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;
