import type { CounterName } from '../../array/statistics/counters.js';
import type { Shown } from '../schemas/shown.js';
import type { DiskIOStats, VolumeIOStats } from '../schemas/statistics.js';
import { of } from './figures.js';
import { arrayWwn, headOf, userVolumes, workloadOf } from './identity.js';
import { countersAt, idleTime, maxima, noErrors, type RawFacts } from './raw-facts.js';

export function volumeStats(facts: RawFacts): Shown<typeof VolumeIOStats>[] {
  const { array } = facts;
  const head = headOf(array, facts.totals);
  const wwn = arrayWwn(array);
  return [...userVolumes(array)].map((volume) => {
    const { counters, recent } = countersAt(facts, 'volumes', volume.ref);
    const get = (name: CounterName) => of(counters, name);
    const { flashCacheReadHitTimeMax, ...most } = maxima(recent);
    return {
      ...head,
      arrayId: '1',
      arrayWwn: wwn,
      volumeGroupId: volume.poolRef,
      controllerId: volume.currentController,
      volumeId: volume.ref,
      volumeGroupWwn: array.tables.pools.get(volume.poolRef)?.wwn ?? '',
      volumeName: volume.label,
      volumeWwn: volume.wwn,
      workloadId: workloadOf(volume),
      readOps: get('readOps'),
      readHitOps: get('readHitOps'),
      readHitBytes: get('readHitBytes'),
      readTimeTotal: get('readTime'),
      readHitTimeTotal: get('readHitTime'),
      writeOps: get('writeOps'),
      writeCacheHitOps: get('writeHitOps'),
      writeTimeTotal: get('writeTime'),
      writeHitTimeTotal: get('writeHitTime'),
      ...noErrors,
      idleTime: idleTime(facts, counters, volume.createdMs),
      otherOps: get('otherOps'),
      otherTimeTotal: get('otherTime'),
      otherTimeTotalSq: get('otherTimeSquares'),
      readBytes: get('readBytes'),
      readHitTimeTotalSq: get('readHitTimeSquares'),
      readTimeTotalSq: get('readTimeSquares'),
      writeBytes: get('writeBytes'),
      writeHitBytes: get('writeHitBytes'),
      writeHitOps: get('writeHitOps'),
      writeHitTimeTotalSq: get('writeHitTimeSquares'),
      writeTimeTotalSq: get('writeTimeSquares'),
      queueDepthTotal: get('queueDepth'),
      ...most,
      randomIosTotal: get('randomOps'),
      randomBytesTotal: get('randomBytes'),
      cacheWriteWaitHitIops: 0,
      cacheWriteWaitHitBytes: 0,
      fullStripeWriteBytes: get('fullStripeBytes'),
      totalIosShipped: get('shippedOps'),
      totalBlksEvicted: 0,
      cacheBlksInUse: 0,
      prefetchHitBytes: get('prefetchHitBytes'),
      prefetchMissBytes: '0',
      flashCacheReadHitOps: get('flashHitOps'),
      flashCacheReadHitBytes: get('flashHitBytes'),
      flashCacheReadHitTimeTotal: get('flashHitTime'),
      flashCacheReadHitTimeMax,
      flashCacheReadHitTimeTotalSq: get('flashHitTimeSquares'),
    };
  });
}

export function diskStats(facts: RawFacts): Shown<typeof DiskIOStats>[] {
  const { array } = facts;
  const head = headOf(array, facts.totals);
  const wwn = arrayWwn(array);
  return array.tables.drives
    .toJSON()
    .filter(({ status }) => status !== 'removed')
    .map((drive) => {
      const { counters, recent } = countersAt(facts, 'drives', drive.ref);
      const get = (name: CounterName) => of(counters, name);
      const { readTimeMax, writeTimeMax, otherTimeMax, queueDepthMax } = maxima(recent);
      const pool = drive.poolRef === null ? undefined : array.tables.pools.get(drive.poolRef);
      return {
        ...head,
        diskId: drive.ref,
        serialNumber: drive.serialNumber,
        arrayId: '1',
        arrayWWN: wwn,
        driveWWN: drive.wwn,
        volGroupId: pool?.ref ?? null,
        volGroupName: pool?.label ?? null,
        volGroupWWN: pool?.wwn ?? null,
        trayId: String(array.tables.trays.get(drive.trayRef)?.trayId ?? 0),
        slot: drive.slot,
        diskManufacture: drive.manufacturer,
        diskSoftwareVersion: drive.firmwareVersion,
        idleTime: idleTime(facts, counters),
        otherOps: get('otherOps'),
        otherTimeMax,
        otherTimeTotal: get('otherTime'),
        otherTimeTotalSq: get('otherTimeSquares'),
        readBytes: get('readBytes'),
        readOps: get('readOps'),
        readTimeMax,
        readTimeTotal: get('readTime'),
        readTimeTotalSq: get('readTimeSquares'),
        recoveredErrors: 0,
        retriedIos: 0,
        timeouts: 0,
        unrecoveredErrors: 0,
        writeBytes: get('writeBytes'),
        writeOps: get('writeOps'),
        writeTimeMax,
        writeTimeTotal: get('writeTime'),
        writeTimeTotalSq: get('writeTimeSquares'),
        queueDepthTotal: get('queueDepth'),
        queueDepthMax,
        randomIosTotal: get('randomOps'),
        randomBytesTotal: get('randomBytes'),
        cumulativeLBA: get('lba'),
        cumulativeDeltaLBA: get('lbaDelta'),
      };
    });
}
