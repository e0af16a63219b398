import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { f1Files } from '@pitboard/server/sources/f1/f1-files.ts';
import type { RaceEvent, RaceEventOf } from '@pitboard/shared/protocol/race-event.ts';
import { NO_REAL_DATA, readReal, realDataFolder } from '../real/real-data.ts';
import { type Figure, medianOf, quantileOf } from './figure.ts';

const FOLDER = 'f1/2023_azerbaijan_sprint';
/** The claim of a crossing is told within this, and the next one at the next loop. */
const CLAIM_AFTER_MS = 1000;

type Line = RaceEventOf<'passing'>;

/** Our gaps at the line of a real race against those that the feed claims there. Empty where its folder is not at hand. */
export function officialGapFigures(): Figure[] {
  if (realDataFolder === undefined) {
    process.stderr.write(`officialGapDifference ${NO_REAL_DATA}\n`);
    return [];
  }
  const differences = differencesOf(importSprint());
  const how = `${differences.length} crossings of the line after each car's first, against GapToLeader just after; the claim at the first crossing places the car, official lap times do the rest`;
  return [
    { name: 'officialGapDifferenceMedianMs', value: medianOf(differences), unit: 'ms', bar: undefined, how },
    { name: 'officialGapDifferenceP95Ms', value: quantileOf(differences, 0.95), unit: 'ms', bar: undefined, how },
    ...byStampsAlone(),
  ];
}

/** The same without any claim to place the cars by: what stamps and lap times alone can do. */
function byStampsAlone(): Figure[] {
  const withClaims = importSprint();
  const alone = importSprint((text) => text.replace(/"GapToLeader":"\+[^"]*"/g, '"GapToLeader":""'));
  const gaps = withClaims.filter(({ type }) => type === 'gap-reported');
  const differences = differencesOf([...alone.filter(({ type }) => type !== 'gap-reported'), ...gaps]);
  const how = 'the same, had the feed claimed no gap at all: the stamp of one message places each car';
  return [
    { name: 'stampGapDifferenceMedianMs', value: medianOf(differences), unit: 'ms', bar: undefined, how },
    { name: 'stampGapDifferenceP95Ms', value: quantileOf(differences, 0.95), unit: 'ms', bar: undefined, how },
  ];
}

function importSprint(edit = (text: string) => text): readonly RaceEvent[] {
  const opened = f1Files.open();
  for (const name of readdirSync(join(realDataFolder ?? '', FOLDER)).filter((each) => each.endsWith('.jsonStream'))) {
    const reader = opened.open(name);
    reader.write(Buffer.from(edit(readReal(`${FOLDER}/${name}`))));
    reader.end();
  }
  return opened.finish().races[0]?.events ?? [];
}

/** By how much our gap to the leader and the claimed one differ, in ms, at every crossing where both are known. */
function differencesOf(events: readonly RaceEvent[]): readonly number[] {
  const lines = events.filter((event): event is Line => event.type === 'passing' && event.loop === 'SF');
  const claims = events.filter((event): event is RaceEventOf<'gap-reported'> => event.type === 'gap-reported');
  const leaderMs = new Map<number, number>();
  for (const { lapNumber = 0, atMs } of lines) leaderMs.set(lapNumber, Math.min(atMs, leaderMs.get(lapNumber) ?? atMs));
  return lines.flatMap(({ car, lapNumber = 0, atMs }) => {
    const gapMs = atMs - (leaderMs.get(lapNumber) ?? atMs);
    const claim = claims.findLast(
      (each) => each.car === car && each.to === 'leader' && each.atMs <= atMs + CLAIM_AFTER_MS,
    );
    return lapNumber < 2 || gapMs === 0 || claim?.ms === undefined ? [] : [Math.abs(gapMs - claim.ms)];
  });
}
