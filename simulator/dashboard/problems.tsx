import type { ArrayParts, Failure } from './array-model.ts';
import type { FaultStatus } from './array-store.ts';
import { words } from './formats.ts';

interface ProblemsProps {
  readonly parts: ArrayParts;
  readonly faults: readonly FaultStatus[];
  readonly arrayId: string;
}

/** What is wrong with the array, each with the fault rule that caused it. */
export function Problems({ parts, faults, arrayId }: ProblemsProps) {
  return (
    <section aria-labelledby="problems" class={parts.failures.length > 0 ? 'card broken' : 'card'}>
      <h2 id="problems">What is wrong</h2>
      {parts.failures.length === 0 ? (
        <p class="good">
          <span aria-hidden="true">●</span> Nothing: the array is optimal.
        </p>
      ) : (
        <ul class="lines">
          {parts.failures.map((failure) => {
            const cause = causeOf(failure, parts, faults, arrayId);
            return (
              <li key={`${failure.failureType} ${failure.objectRef}`}>
                <span class="bad" aria-hidden="true">
                  ✕
                </span>{' '}
                <b>{words(failure.failureType)}</b>
                {`: ${nameOf(failure, parts)}`}
                {cause !== undefined && (
                  <>
                    , caused by fault rule <a href="#/faults">{cause.id}</a>
                  </>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function nameOf({ objectRef, objectType }: Failure, parts: ArrayParts): string {
  const drive = parts.hardware.drives.find(({ driveRef }) => driveRef === objectRef);
  if (drive !== undefined) return `drive ${placeOf(drive.driveRef, parts)}`;
  const controller = parts.hardware.controllers.find(({ controllerRef }) => controllerRef === objectRef);
  if (controller !== undefined) return `controller ${controller.physicalLocation.label}`;
  const pool = parts.pools.find(({ volumeGroupRef }) => volumeGroupRef === objectRef);
  if (pool !== undefined) return `pool ${pool.label}`;
  const volume = [...parts.volumes, ...parts.thinVolumes].find(({ volumeRef }) => volumeRef === objectRef);
  if (volume !== undefined) return `volume ${volume.label}`;
  const group = parts.snapshotGroups.find(({ pitGroupRef }) => pitGroupRef === objectRef);
  if (group !== undefined) return `snapshot group ${group.label}`;
  return words(objectType ?? 'the array');
}

function placeOf(driveRef: string, { hardware }: ArrayParts): string {
  const drive = hardware.drives.find((each) => each.driveRef === driveRef);
  const tray = hardware.trays.find(({ trayRef }) => trayRef === drive?.physicalLocation.trayRef);
  return `${tray?.trayId}/${drive?.physicalLocation.slot}`;
}

/** Kinds of actions by what the types and objects of the failures that they cause are called. */
const causes: readonly (readonly [action: string, failure: RegExp])[] = [
  ['controller', /ctl|controller/i],
  ['drive', /drive|volumegroup|volume|pool/i],
  ['tray', /tray|drive|drawer/i],
  ['port', /port|link|channel|interface/i],
  ['power-supply', /power/i],
  ['fan', /fan/i],
  ['battery', /batter|cache/i],
  ['temperature', /temp|thermal|sensor/i],
  ['fill-pool', /pool|utilization|volumegroup|capacity/i],
  ['fill-repository', /repositor|pit|snapshot/i],
  ['fill-thin', /thin|repositor/i],
];

/** The rule that caused a failure: one that hit this array with an action of that kind, and names the part if it names one. */
function causeOf(
  failure: Failure,
  parts: ArrayParts,
  faults: readonly FaultStatus[],
  arrayId: string,
): FaultStatus | undefined {
  const text = `${failure.failureType} ${failure.objectType}`;
  const place = nameOf(failure, parts).replace(/^(?:drive|controller) /, '');
  const fitting = faults.filter(
    ({ what, layer, lastHits }) =>
      layer === 'physical' &&
      lastHits.some(({ array }) => array === arrayId) &&
      causes.some(([action, pattern]) => action === what.do && pattern.test(text)),
  );
  const named = fitting.find(({ what }) => [what.drive, what.controller].some((name) => isPart(name, place, failure)));
  return named ?? fitting.find(({ what }) => what.do !== failure.objectType);
}

function isPart(name: unknown, place: string, { objectRef }: Failure): boolean {
  if (typeof name !== 'string') return false;
  return name.toLowerCase() === place.toLowerCase() || name.toLowerCase() === objectRef?.toLowerCase();
}
