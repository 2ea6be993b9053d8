import type { ScenarioFile } from './read-scenario.js';

/** A folder of stories as its README shows it: by topic, what each says and which requirements it verifies. */
export function libraryIndex(stories: readonly ScenarioFile[], notShown: Readonly<Record<string, string>>): string {
  const topicOf = ({ file }: ScenarioFile) => file.split('/').at(-2) ?? '';
  const topics = [...new Set(stories.map(topicOf))];
  const sections = topics.map((topic) =>
    [`## ${topic}`, '', ...table(stories.filter((each) => topicOf(each) === topic)), ''].join('\n'),
  );
  const verified = new Set(stories.flatMap(({ scenario }) => scenario.verifies));
  const missing = Object.entries(notShown).map(([id, reason]) => `| ${id} | ${cell(reason)} |`);
  return [
    '# Scenarios',
    '',
    `Stories of a driver and an array, told in steps: ${stories.length} of them, showing ${verified.size} requirements. Each is played on`,
    'an array of its own, in virtual time, and goes the same way every time:',
    '',
    '```sh',
    `npx eseries-conformance replay scenarios/${pathOf(stories[0])}`,
    'npx eseries-conformance replay scenarios --subject "python3 my_subject.py" --junit out.xml',
    '```',
    '',
    '`scenario.schema.json` is the format; editors check files that name it in their first line. This page and the schema',
    'are written by `eseries-conformance index scenarios`.',
    '',
    ...sections,
    '## Not shown by a story',
    '',
    '| requirement | why |',
    '|---|---|',
    ...missing,
    '',
  ].join('\n');
}

function table(files: readonly ScenarioFile[]): string[] {
  return [
    '| story | says | verifies |',
    '|---|---|---|',
    ...files.map((each) => {
      const { name, verifies } = each.scenario;
      return `| [${title(each)}](${pathOf(each)}) | ${cell(name)} | ${verifies.join(', ')} |`;
    }),
  ];
}

function pathOf(story: ScenarioFile | undefined): string {
  return (story?.file ?? '').split('/').slice(-2).join('/');
}

function title({ file }: ScenarioFile): string {
  return (file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '').replaceAll('-', ' ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim();
}
