import { useEffect, useState } from 'preact/hooks';
import type { ClockView } from './array-store.ts';
import { control } from './control-api.ts';
import { dateAndTime } from './formats.ts';

/** The array's time and what changes its pace. The event stream tells of the change. */
export function ClockBar({ clock }: { readonly clock: ClockView | undefined }) {
  const nowMs = useRunning(clock);
  const [problem, setProblem] = useState('');
  if (clock === undefined) return null;
  const send = (method: string, body: object) => {
    control(method, '/clock', body).then(
      () => setProblem(''),
      (error: Error) => setProblem(error.message),
    );
  };
  const isPaused = clock.mode === 'manual';
  const stepMs = clock.nextMs === null ? undefined : Math.max(0, clock.nextMs - clock.nowMs);
  return (
    <section class="clock" aria-label="Clock of the array">
      <time dateTime={new Date(nowMs).toISOString()}>{dateAndTime(nowMs)} UTC</time>
      <span class="mode">{isPaused ? 'paused' : clock.mode === 'scaled' ? `×${clock.scale}` : 'real time'}</span>
      <button
        type="button"
        aria-pressed={isPaused}
        onClick={() => send('PUT', isPaused ? { mode: 'real' } : { mode: 'manual' })}
      >
        {isPaused ? 'Run' : 'Pause'}
      </button>
      <button
        type="button"
        aria-pressed={clock.scale === 60}
        onClick={() => send('PUT', { mode: 'scaled', scale: 60 })}
      >
        ×60
      </button>
      <button
        type="button"
        disabled={!isPaused || stepMs === undefined}
        onClick={() => send('POST', { advance: String(stepMs ?? 0) })}
      >
        Step to next
      </button>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send('POST', { advance: String(new FormData(event.currentTarget).get('by')) });
        }}
      >
        <label>
          <span class="hidden">Advance by</span>
          <select name="by" disabled={!isPaused}>
            {['10s', '1m', '10m', '1h', '1d'].map((by) => (
              <option key={by}>{by}</option>
            ))}
          </select>
        </label>
        <button type="submit" disabled={!isPaused}>
          Advance
        </button>
      </form>
      {problem !== '' && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
    </section>
  );
}

/** The clock's time now, reckoned from when it was read. */
function useRunning(clock: ClockView | undefined): number {
  const [passedMs, setPassedMs] = useState(0);
  useEffect(() => {
    setPassedMs(0);
    if (clock === undefined || clock.mode === 'manual') return undefined;
    const startMs = performance.now();
    const timer = setInterval(() => setPassedMs(performance.now() - startMs), 1000);
    return () => clearInterval(timer);
  }, [clock]);
  return (clock?.nowMs ?? 0) + passedMs * (clock?.scale ?? 1);
}
