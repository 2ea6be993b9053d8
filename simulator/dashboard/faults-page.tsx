import { useEffect, useState } from 'preact/hooks';
import type { ArrayStore, FaultStatus, PageState } from './array-store.ts';
import { control, read } from './control-api.ts';
import { presets, type RuleDraft } from './fault-draft.ts';
import { timeOfDay } from './formats.ts';
import { RuleForm } from './rule-form.tsx';
import type { Schema } from './rule-schema.ts';

interface FaultsProps {
  readonly state: PageState;
  readonly store: ArrayStore;
  /** What the form begins with. */
  readonly draft: RuleDraft | undefined;
}

/** The fault rules with their hits, and the form for another one. */
export function FaultsPage({ state, store, draft }: FaultsProps) {
  const [schema, setSchema] = useState<Schema | undefined>();
  const [begun, setBegun] = useState<RuleDraft>(draft ?? presets[0] ?? { action: 'offline' });
  useEffect(() => {
    read<Schema>('/faults/schema').then(setSchema, () => undefined);
  }, []);
  const remove = (path: string) => {
    control('DELETE', path).then(
      () => store.readAgain('faults', 'failures', 'hardware'),
      () => store.readAgain('faults'),
    );
  };
  return (
    <>
      <section aria-labelledby="rules">
        <h2 id="rules">Fault rules ({state.faults.length})</h2>
        {state.faults.length === 0 && <p>Nothing is made to go wrong.</p>}
        <ul class="rules">
          {state.faults.map((rule) => (
            <RuleCard key={rule.id} rule={rule} onRemove={() => remove(`/faults/${encodeURIComponent(rule.id)}`)} />
          ))}
        </ul>
        {state.faults.length > 1 && (
          <button type="button" onClick={() => remove('/faults')}>
            Remove all
          </button>
        )}
      </section>
      <section aria-labelledby="break">
        <h2 id="break">Break something</h2>
        <ul class="presets" aria-label="Presets">
          {presets.map((preset) => (
            <li key={preset.title}>
              <button type="button" aria-pressed={preset === begun} onClick={() => setBegun(preset)}>
                {preset.title}
              </button>
            </li>
          ))}
        </ul>
        {schema !== undefined && <RuleForm schema={schema} draft={begun} onAdded={() => store.readAgain('faults')} />}
      </section>
    </>
  );
}

function RuleCard({ rule, onRemove }: { readonly rule: FaultStatus; readonly onRemove: () => void }) {
  const { do: action, ...settings } = rule.what;
  const written = [settings, rule.when].filter((each) => Object.keys(each).length > 0);
  return (
    <li class={`card ${rule.hits > 0 ? 'broken' : ''}`}>
      <h3>
        {rule.id}: {action}
      </h3>
      {rule.why !== undefined && <p>{rule.why}</p>}
      {written.map((each) => (
        <code key={JSON.stringify(each)}>{JSON.stringify(each)}</code>
      ))}
      <p>
        <b>
          {rule.hits} {rule.hits === 1 ? 'hit' : 'hits'}
        </b>
        {rule.spent ? ', nothing more will happen' : ''}
        {rule.error === undefined ? '' : `, ${rule.error}`}
      </p>
      <ol class="lines">
        {rule.lastHits
          .slice(-5)
          .toReversed()
          .map((hit, index) => (
            <li key={`${hit.timeMs} ${index}`}>
              <time>{timeOfDay(hit.timeMs)}</time> {hit.what}
            </li>
          ))}
      </ol>
      <button type="button" onClick={onRemove}>
        Remove {rule.id} and mend
      </button>
    </li>
  );
}
