/** Which driver is judged. */
export const subjectOptions = {
  subject: { type: 'string' },
  'cinder-driver': { type: 'string' },
} as const;

export const subjectUsage = `  --subject WHAT         the driver: a command line that speaks JSON-RPC in lines, or module:FILE; by default this
                         package's
  --cinder-driver CLASS  a Cinder driver in Python, package.module.Class: imported from the current folder or PYTHONPATH, and
                         run by python3
`;
