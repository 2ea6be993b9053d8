/** What the page uses of a JSON Schema. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A field of a form, made of one property. */
export interface Field {
  /** Names from the outside in, joined by dots: 'sense.key'. */
  readonly name: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly kind: 'text' | 'number' | 'choice' | 'flag';
  readonly choices: readonly string[];
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

/** The actions of a fault rule's schema, by name. */
export function actionsIn(rule: Schema): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>();
  const visit = (schema: Schema) => {
    const name = schema.properties?.do?.enum?.[0];
    if (name !== undefined) found.set(name, schema);
    for (const each of schema.anyOf ?? []) visit(each);
  };
  for (const each of rule.properties?.what?.anyOf ?? []) visit(each);
  return found;
}

/** The fields of an object's properties; those of an object in it come with its name before theirs. */
export function fieldsOf(schema: Schema, prefix = ''): readonly Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    if (prefix === '' && key === 'do') return [];
    const name = prefix + key;
    if (property.properties !== undefined) return fieldsOf(property, `${name}.`);
    // Fields of an object that may be left out are needed only when one of them is given.
    const isRequired = prefix === '' && (schema.required ?? []).includes(key);
    const { description = '', minimum, maximum } = property;
    const choices = property.enum ?? [];
    const kind = choices.length > 0 ? 'choice' : kindOf(property);
    return [{ name, description, isRequired, kind, choices, minimum, maximum } as const];
  });
}

function kindOf({ type }: Schema): Field['kind'] {
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' ? 'flag' : 'text';
}

/** What was filled in, as the object that the fields were made of; empty fields are left out. */
export function objectOf(fields: readonly Field[], values: Readonly<Record<string, string>>): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const value = values[name] ?? '';
    if (value === '') continue;
    const names = name.split('.');
    const last = names.pop() ?? name;
    let at = whole;
    for (const each of names) {
      const inner = (at[each] ?? {}) as Record<string, unknown>;
      at[each] = inner;
      at = inner;
    }
    at[last] = kind === 'number' ? numberOr(value) : kind === 'flag' ? value === 'true' : value;
  }
  return whole;
}

/** A number as JSON, or the text that is none: the simulator says what is wrong with it. */
function numberOr(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}
