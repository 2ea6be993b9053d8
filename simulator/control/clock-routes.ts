import type { Clock } from '../array/clock.js';
import type { FaultRules } from '../faults/fault-rules.js';
import { durationMs, isManual } from '../faults/quantities.js';
import { number, object, oneOf, optional, text } from '../rest/schemas/types.js';
import { isAdjustable, type Pace } from './adjustable-clock.js';
import { ControlError, type ControlRoutes } from './control-app.js';
import type { ControlEnvironment } from './environment.js';

const fastest = 1_000_000;

/** Time goes on no further: later dates have no place in the array's answers. */
const latestMs = Date.parse('9999-12-31T23:59:59.999Z');

const NewPace = object({
  mode: oneOf('real', 'manual', 'scaled'),
  scale: optional(number({ minimum: 0, maximum: fastest })),
});

/** The arrays' time: looked at, advanced, stopped, and made to run faster or slower. */
export function clockRoutes(routes: ControlRoutes, { clock, faults, onClockChange }: ControlEnvironment): void {
  routes.on(
    { method: 'GET', path: '/clock', summary: 'What time it is for the arrays, and when something is due' },
    () => clockView(clock, faults),
  );
  routes.on(
    { method: 'POST', path: '/clock', summary: 'Advance a manual clock', body: object({ advance: text() }) },
    ({ body }) => {
      if (!isManual(clock))
        throw new ControlError(
          409,
          'clockNotManual',
          `The clock is ${clock.mode}: only a manual one can be advanced (--clock manual, or PUT {"mode": "manual"}).`,
        );
      const duration = durationOf(body.advance);
      if (clock.now() + duration > latestMs)
        throw new ControlError(422, 'invalidField', 'That is after the year 9999: time ends there.', 'advance');
      faults.advance(duration);
      onClockChange();
      return clockView(clock, faults);
    },
  );
  routes.on(
    {
      method: 'PUT',
      path: '/clock',
      summary: 'How time goes on from now: real, manual (it stands still), or scaled (so many times as fast)',
      body: NewPace,
    },
    ({ body }) => {
      if (!isAdjustable(clock))
        throw new ControlError(409, 'clockFixed', 'The clock was handed in by the program that started the simulator.');
      clock.setPace(paceOf(body.mode, body.scale));
      onClockChange();
      return clockView(clock, faults);
    },
  );
}

function paceOf(mode: Pace['mode'], scale: number | undefined): Pace {
  const allowed = `allowed is a number above 0, up to ${fastest}`;
  if (mode === 'scaled') {
    if (scale === undefined || scale <= 0)
      throw new ControlError(422, 'invalidField', `The scale is ${scale ?? 'missing'}: ${allowed}.`, 'scale');
    return { mode, scale };
  }
  if (scale !== undefined)
    throw new ControlError(422, 'invalidField', `The scale goes with mode 'scaled', not with '${mode}'.`, 'scale');
  return { mode };
}

/** `nextMs` is when something changes by itself next: work that ends, an answer that is late, a rule; null when nothing does. */
function clockView(clock: Clock, faults: FaultRules): object {
  const nextMs = faults.nextChangeMs();
  const scale = isAdjustable(clock) && clock.mode === 'scaled' ? { scale: clock.scale } : {};
  return {
    mode: clock.mode,
    ...scale,
    nowMs: clock.now(),
    now: new Date(clock.now()).toISOString(),
    nextMs: Number.isFinite(nextMs) ? nextMs : null,
  };
}

function durationOf(written: string): number {
  const milliseconds = durationMs(written);
  if (milliseconds === undefined) {
    throw new ControlError(
      422,
      'invalidField',
      `The duration is '${written}': allowed are milliseconds, or e.g. 30s, 5m, 2h, 1d, up to 36525d.`,
      'advance',
    );
  }
  return milliseconds;
}
