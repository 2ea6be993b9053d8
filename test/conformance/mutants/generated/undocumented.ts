/** A node of the syntax tree with the way up to the root, as far as the rules need it. */
interface Place {
  readonly node: { readonly type: string; readonly [member: string]: unknown };
  readonly listKey?: string;
  readonly parentPath?: Place | null;
}

interface Rule {
  readonly reason: string;
  holds(place: Place): boolean;
}

/** What no requirement is about, so that a change of it is no defect. There are few rules, and each gives its reason. */
const rules: readonly Rule[] = [
  {
    reason:
      'What a driver logs is its own choice; the contract only forbids secrets in it, and these are masked before.',
    holds: ({ listKey, parentPath }) =>
      listKey === 'arguments' && parentPath?.node.type === 'CallExpression' && isLogger(parentPath.node.callee),
  },
  {
    reason:
      'The contract names the classes of exceptions and the codes in them; their English words are the driver’s own.',
    holds: (place) => (isText(place) && isAmongWords(place)) || isDetails(place) || isTextMethod(place),
  },
  {
    reason:
      'How our program reads a cinder.conf and its command line is not the contract’s: Cinder reads it for a driver. Tried by test/driver.',
    holds: isIn(['configurationFromIni', 'literal', 'escaped']),
  },
  {
    reason:
      'Certificates and tokens are options beyond the documented ones, and need sockets with TLS. Tried by test/driver/rest-client.test.ts.',
    holds: isIn(['connectorOf', 'readCa']),
  },
  {
    reason:
      'Arguments in order instead of by name: only our own command line hands them over so. Tried by test/driver.',
    holds: isIn(['byName']),
  },
  {
    reason:
      'Asks a suite in another process for the time; the stories are played in this one. Tried by runs over stdio.',
    holds: isIn(['giveUpLate']),
  },
  {
    reason:
      'Marks as drivers before this one wrote them: how a driver keeps what it owes, and whether it reads the notes of another, is its own. Tried by test/driver/behaviour/snapshots.test.ts.',
    holds: isIn(['takeOverEarlierMarks', 'earlierMarks', 'idsOf', 'presentIn', 'takeOverEarlier']),
  },
  {
    reason:
      'Less is tidied up that a crash left: no requirement makes the next start tidy up, only that it disturbs nothing.',
    holds: isIn(['deleteHeld']),
  },
  {
    reason: 'The name of a lock: without it, what went on beside each other waits, and comes to the same.',
    holds: (place) => isText(place) && place.listKey === 'arguments' && isOfLocks(place),
  },
  {
    reason: 'Names work in what is logged, and in the words of an exception, when the work cannot be done.',
    holds: (place) =>
      isText(place) &&
      place.listKey === 'arguments' &&
      ['add', 'tidied', 'waitFor', 'patiently'].includes(calleeOf(place)),
  },
  {
    reason: 'Only logs: the block has nothing else in it.',
    holds: ({ node }) =>
      node.type === 'BlockStatement' && (node.body as readonly Place['node'][]).length === 1 && isLogStatement(node),
  },
];

/** Whole files that are not the driver but carry it to others, with the reason. */
export const carriers: Readonly<Record<string, string>> = {
  'cli.ts': 'The command line of our own program. Tried by test/driver.',
  'cli-options.ts': 'The options of that command line.',
  'completion-words.ts': 'What a shell completes of that command line. Tried by test/completion.test.ts.',
  'program/suite.ts': 'Asks a suite in another process for the time. Tried by test/driver.',
  'program/json-rpc.ts':
    'Carries the driver to a suite in another process; the stories are played in this one. Tried by test/driver and by runs over stdio.',
};

/** Tells the instrumenter what to leave as it is, and why. */
export const undocumented = {
  shouldIgnore(path: object): string | undefined {
    return rules.find(({ holds }) => holds(path as Place))?.reason;
  },
};

function isLogStatement({ body }: Place['node']): boolean {
  const [only] = body as readonly { type: string; expression?: { type: string; callee?: unknown } }[];
  const call = only?.type === 'ExpressionStatement' ? only.expression : undefined;
  return call?.type === 'CallExpression' && isLogger(call.callee);
}

/** The name of what a node is an argument of. */
function calleeOf({ parentPath }: Place): string {
  return parentPath?.node.type === 'CallExpression' ? (nameOf(parentPath.node.callee) ?? '') : '';
}

function isText({ node }: Place): boolean {
  return node.type === 'StringLiteral' || node.type === 'TemplateLiteral';
}

/** What an exception is made of besides its class: details that become words, and the cause for a log. */
function isDetails({ node, listKey, parentPath }: Place): boolean {
  if (node.type !== 'ObjectExpression' || listKey !== 'arguments' || !parentPath) return false;
  // The details of these two decide what the driver does next.
  const decides = ['WebServiceException', 'NoAnswer'].includes(nameOf(parentPath.node.callee) ?? '');
  return parentPath.node.type === 'NewExpression' && makesException(parentPath) && !decides;
}

/** The body of a method that puts the words of an exception together; conditions in it are mutated. */
function isTextMethod({ node, parentPath }: Place): boolean {
  return (
    node.type === 'BlockStatement' &&
    parentPath?.node.type === 'ClassMethod' &&
    nameOf(parentPath.node.key) === 'text' &&
    !JSON.stringify(node.body).includes('"IfStatement"')
  );
}

/** A function or method of one of these names; what is within it is left out with it. */
function isIn(names: readonly string[]): (place: Place) => boolean {
  return ({ node }) =>
    ['FunctionDeclaration', 'ClassMethod'].includes(node.type) &&
    names.includes(nameOf(node.id ?? node.key ?? {}) ?? '');
}

/** The first argument of `locks.run(name, …)`. */
function isOfLocks({ parentPath }: Place): boolean {
  const { object, property } = (parentPath?.node.callee ?? {}) as { object?: unknown; property?: unknown };
  return nameOf(object ?? {}) === 'locks' && nameOf(property ?? {}) === 'run';
}

function isLogger(callee: unknown): boolean {
  const { type, object, property } = callee as { type: string; object?: unknown; property?: { name?: string } };
  if (type !== 'MemberExpression') return false;
  return ['debug', 'info', 'warn', 'error'].includes(property?.name ?? '') && nameOf(object) === 'logger';
}

function nameOf(node: unknown): string | undefined {
  const { name, property } = node as { name?: string; property?: { name?: string } };
  return name ?? property?.name;
}

/**
 * Whether a text goes into an exception's words and nowhere else: `new SomeException(…)`, the last argument of `refuse(…)`,
 * or what a method `text` puts together. A text that is compared, or that decides which words are said, is none.
 */
function isAmongWords(place: Place): boolean {
  for (let at = place, around = place.parentPath; around; at = around, around = around.parentPath) {
    const { node } = around;
    if (node.type === 'ClassMethod') return nameOf(node.key) === 'text';
    if (node.type === 'NewExpression') return exceptionNames.test(nameOf(node.callee) ?? '');
    if (node.type === 'CallExpression' && nameOf(node.callee) === 'refuse')
      return at.node === (node.arguments as readonly unknown[]).at(-1);
    if (node.type === 'BinaryExpression' && node.operator !== '+') return false;
    if (node.type === 'ConditionalExpression' && node.test === at.node) return false;
    if (/Function/.test(node.type)) return false;
  }
  return false;
}

/** `new SomeException(…)`. */
function makesException({ node }: Place): boolean {
  return node.type === 'NewExpression' && exceptionNames.test(nameOf(node.callee) ?? '');
}

const exceptionNames =
  /(Exception|Error|NotFound|IsBusy|Exceeded|Backend|NoAnswer|NotMapped|HostGroup)$|^(Invalid|ManageExisting)/;
