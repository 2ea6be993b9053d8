/** Where the reports of a run go. */
export const reportOptions = {
  json: { type: 'boolean' },
  'save-report': { type: 'string' },
  junit: { type: 'string' },
  html: { type: 'string' },
  markdown: { type: 'string' },
  badge: { type: 'string' },
} as const;

export const reportUsage = `  --json                 the report as JSON, instead of the one for people
  --save-report FILE     the report as JSON too, for \`merge\`
  --junit FILE           a JUnit report
  --html FILE            a page of its own: every requirement, filters, and a timeline of each failure
  --markdown FILE        a summary for a CI system
  --badge FILE           a picture for a README, as SVG: how many requirements hold
`;
