import { useEffect, useState } from 'preact/hooks';
import { ControlApiError, control } from './control-api.ts';
import type { RuleDraft } from './fault-draft.ts';
import { actionsIn, type Field, fieldsOf, objectOf, type Schema } from './rule-schema.ts';

interface RuleFormProps {
  readonly schema: Schema;
  readonly draft: RuleDraft;
  readonly onAdded: () => void;
}

type Values = Readonly<Record<string, string>>;

/** The form of a fault rule, made of its JSON Schema: an action with its settings, when, and how often. */
export function RuleForm({ schema, draft, onAdded }: RuleFormProps) {
  const actions = actionsIn(schema);
  const [action, setAction] = useState(draft.action);
  const [settings, setSettings] = useState<Values>(draft.settings ?? {});
  const [when, setWhen] = useState<Values>(draft.when ?? {});
  const [often, setOften] = useState<Values>({ times: draft.times ?? '' });
  const [outcome, setOutcome] = useState<{ readonly text: string; readonly isGood: boolean } | undefined>();
  useEffect(() => {
    setAction(draft.action);
    setSettings(draft.settings ?? {});
    setWhen(draft.when ?? {});
    setOften({ times: draft.times ?? '' });
    setOutcome(undefined);
  }, [draft]);
  const chosen = actions.get(action) ?? {};
  const settingFields = fieldsOf(chosen);
  const whenFields = fieldsOf(schema.properties?.when ?? {});
  const oftenFields = fieldsOf(rest(schema));
  const add = async () => {
    const condition = objectOf(whenFields, when);
    const { times, ...others } = objectOf(oftenFields, often);
    const rule = {
      ...others,
      ...(times === undefined ? {} : { times: times === 'always' ? times : Number(times) }),
      ...(Object.keys(condition).length === 0 ? {} : { when: condition }),
      what: { do: action, ...objectOf(settingFields, settings) },
    };
    try {
      const { id } = await control<{ readonly id: string }>('POST', '/faults', rule);
      setOutcome({ text: `Added: ${id}.`, isGood: true });
      onAdded();
    } catch (error) {
      if (!(error instanceof ControlApiError)) throw error;
      setOutcome({ text: error.message, isGood: false });
    }
  };
  return (
    <form
      class="card rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label class="field">
        <span>What goes wrong</span>
        <select
          name="action"
          value={action}
          onChange={(event) => {
            setAction(event.currentTarget.value);
            setSettings({});
          }}
        >
          {[...actions.keys()].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <small>{chosen.description}</small>
      </label>
      <Fields prefix="what" fields={settingFields} values={settings} onChange={setSettings} />
      <details open={Object.keys(when).length > 0}>
        <summary>When (always, if nothing is said)</summary>
        <Fields prefix="when" fields={whenFields} values={when} onChange={setWhen} />
      </details>
      <details open={(often.times ?? '') !== ''}>
        <summary>How often (once, if nothing is said), and its name</summary>
        <Fields prefix="often" fields={oftenFields} values={often} onChange={setOften} />
      </details>
      <button type="submit">Break it</button>
      <p role="status" class={outcome?.isGood ? 'good' : 'problem'}>
        {outcome?.text}
      </p>
    </form>
  );
}

/** The schema's properties beside when and what. */
function rest(schema: Schema): Schema {
  const { when: _when, what: _what, ...properties } = schema.properties ?? {};
  return { ...schema, properties };
}

interface FieldsProps {
  readonly prefix: string;
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly onChange: (values: Values) => void;
}

function Fields({ prefix, fields, values, onChange }: FieldsProps) {
  return (
    <div class="fields">
      {fields.map((field) => (
        <div key={field.name} class="field">
          <label htmlFor={`${prefix}.${field.name}`}>
            {field.name}
            {field.isRequired ? ' (needed)' : ''}
          </label>
          <Input
            name={`${prefix}.${field.name}`}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => onChange({ ...values, [field.name]: value })}
          />
          {field.description !== '' && <small>{field.description}</small>}
        </div>
      ))}
    </div>
  );
}

interface InputProps {
  readonly name: string;
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Input({ name, field, value, onChange }: InputProps) {
  const { kind, isRequired, choices, minimum, maximum } = field;
  if (kind === 'choice' || kind === 'flag') {
    return (
      <select
        id={name}
        name={name}
        value={value}
        required={isRequired}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">–</option>
        {(kind === 'flag' ? ['true', 'false'] : choices).map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      id={name}
      name={name}
      type="text"
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      placeholder={kind === 'number' ? rangeText(minimum, maximum) : ''}
      value={value}
      required={isRequired}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The simulator checks the range; the field shows it. */
function rangeText(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined || maximum === undefined || maximum === Number.MAX_SAFE_INTEGER) return 'a number';
  return `${minimum} to ${maximum}`;
}
