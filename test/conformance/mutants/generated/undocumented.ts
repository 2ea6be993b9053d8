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
    holds: (place) => isText(place) && ancestors(place).some(makesException),
  },
];

/** Tells the instrumenter what to leave as it is, and why. */
export const undocumented = {
  shouldIgnore(path: object): string | undefined {
    return rules.find(({ holds }) => holds(path as Place))?.reason;
  },
};

function isText({ node }: Place): boolean {
  return node.type === 'StringLiteral' || node.type === 'TemplateLiteral';
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

/** `new SomeException(…)`, `refuse(…)` that throws one, and the methods that make their messages. */
function makesException({ node }: Place): boolean {
  if (node.type === 'NewExpression') return exceptionNames.test(nameOf(node.callee) ?? '');
  if (node.type === 'CallExpression') return nameOf(node.callee) === 'refuse';
  return node.type === 'ClassMethod' && nameOf(node.key) === 'text';
}

const exceptionNames =
  /(Exception|Error|NotFound|IsBusy|Exceeded|Backend|NoAnswer|NotMapped|HostGroup)$|^(Invalid|ManageExisting)/;

/** The nodes around a place within the function that it is in. */
function ancestors(place: Place): Place[] {
  const around: Place[] = [];
  for (let at = place.parentPath; at; at = at.parentPath) {
    around.push(at);
    if (/Function|Method/.test(at.node.type)) break;
  }
  return around;
}
