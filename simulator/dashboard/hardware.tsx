import { useState } from 'preact/hooks';
import type { ArrayParts, Controller, Drive, Tray } from './array-model.ts';
import { size, words } from './formats.ts';

export function ControllerCard({ controller }: { readonly controller: Controller }) {
  const isWell = controller.status === 'optimal';
  return (
    <article class={`card ${isWell ? '' : 'broken'}`}>
      <h3>Controller {controller.physicalLocation.label}</h3>
      <p class={isWell ? 'good' : 'bad'}>
        <span aria-hidden="true">{isWell ? '●' : '✕'}</span> {words(controller.status)}
      </p>
      <ul class="lines">
        {controller.hostInterfaces.map(({ iscsi }) => {
          if (iscsi === null) return null;
          // The ports of a controller that is down answer nothing, whatever their links are.
          const link = isWell ? (iscsi.interfaceData?.ethernetData?.linkStatus ?? 'unknown') : 'out of service';
          return (
            <li key={iscsi.channel}>
              iSCSI {iscsi.channel}: {iscsi.ipv4Data.ipv4AddressData.ipv4Address}:{iscsi.tcpListenPort}, link {link}
            </li>
          );
        })}
      </ul>
    </article>
  );
}

interface Slot {
  readonly number: number;
  readonly drive: Drive | undefined;
  /** Which of the pools it belongs to; -1 for none. */
  readonly poolIndex: number;
}

/** A tray with its slots; the chosen drive is described below them. */
export function TrayCard({ tray, parts }: { readonly tray: Tray; readonly parts: ArrayParts }) {
  const [chosen, setChosen] = useState(0);
  const drives = new Map(
    parts.hardware.drives
      .filter(({ physicalLocation }) => physicalLocation.trayRef === tray.trayRef)
      .map((drive) => [drive.physicalLocation.slot, drive]),
  );
  const slots = Array.from({ length: Math.max(tray.numDriveSlots, ...drives.keys()) }, (_, index): Slot => {
    const drive = drives.get(index + 1);
    const poolIndex = parts.pools.findIndex(({ volumeGroupRef }) => volumeGroupRef === drive?.currentVolumeGroupRef);
    return { number: index + 1, drive, poolIndex };
  });
  const poolOf = ({ poolIndex }: Slot) => parts.pools[poolIndex]?.label;
  const shown = slots.find(({ number }) => number === chosen);
  return (
    <article class="card tray">
      <h3>
        Tray {tray.trayId} <small>{tray.type}</small>
      </h3>
      <ol class="slots" aria-label={`Slots of tray ${tray.trayId}`}>
        {slots.map((slot) => (
          <li key={slot.number}>
            <SlotButton
              slot={slot}
              pool={poolOf(slot)}
              isChosen={slot.number === chosen}
              onChoose={() => setChosen(slot.number === chosen ? 0 : slot.number)}
            />
          </li>
        ))}
      </ol>
      <ul class="legend" aria-label="Pools">
        {parts.pools.map(({ volumeGroupRef, label }, index) => (
          <li key={volumeGroupRef} class={`hue-${index % 8}`}>
            <span class="swatch" aria-hidden="true">
              {letterOf(index)}
            </span>{' '}
            {label}
          </li>
        ))}
        <li>✕ not well</li>
        <li>+ hot spare</li>
        <li>· unassigned</li>
      </ul>
      <div role="status">
        {shown?.drive !== undefined && <DriveText tray={tray} slot={shown} drive={shown.drive} pool={poolOf(shown)} />}
      </div>
    </article>
  );
}

interface SlotProps {
  readonly slot: Slot;
  readonly pool: string | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function SlotButton({ slot: { number, drive, poolIndex }, pool, isChosen, onChoose }: SlotProps) {
  if (drive === undefined) return <span class="slot empty">{number}</span>;
  const isWell = drive.status === 'optimal' && !drive.offline;
  const mark = drive.hotSpare ? '+' : poolIndex < 0 ? '·' : letterOf(poolIndex);
  const hue = poolIndex < 0 ? '' : `hue-${poolIndex % 8}`;
  const use = drive.hotSpare ? 'hot spare' : pool === undefined ? 'unassigned' : `pool ${pool}`;
  return (
    <button type="button" class={`slot ${hue} ${isWell ? '' : 'broken'}`} aria-pressed={isChosen} onClick={onChoose}>
      <span class="hidden">{`Slot ${number}: ${words(drive.status)}, ${use}`}</span>
      <span class="number" aria-hidden="true">
        {number}
      </span>
      <span class="mark" aria-hidden="true">
        {isWell ? mark : `${mark}✕`}
      </span>
    </button>
  );
}

interface DriveTextProps {
  readonly tray: Tray;
  readonly slot: Slot;
  readonly drive: Drive;
  readonly pool: string | undefined;
}

function DriveText({ tray, slot, drive, pool }: DriveTextProps) {
  return (
    <p>
      <b>
        Drive {tray.trayId}/{slot.number}
      </b>
      : {words(drive.status)}, {pool === undefined ? 'in no pool' : `in pool ${pool}`}, {size(drive.rawCapacity)}{' '}
      {drive.driveMediaType}, {drive.productID.trim()}, serial {drive.serialNumber}
    </p>
  );
}

/** Pools are told apart by a letter too. */
function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
}
