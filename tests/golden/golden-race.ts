import type { Moment, MomentKind } from '@pitboard/shared/analysis/moment.ts';
import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { formatGap } from '@pitboard/shared/format/gap.ts';
import { formatClock, formatLapTime } from '@pitboard/shared/format/lap-time.ts';
import { momentText } from '@pitboard/shared/format/moment-text.ts';
import { type ClassifiedCar, classify } from '@pitboard/shared/race/classification.ts';
import type { RaceHistory } from '@pitboard/shared/race/race-history.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';

/** A longer race is told in short: the first of the result, flags for the whole track, moments counted by kind. */
const LONG_RACE_MS = 3 * 3_600_000;
const SHORT_RESULT = 20;

const KEY_MOMENTS: readonly MomentKind[] = [
  'start',
  'phase',
  'flag',
  'restart',
  'lead-change',
  'retirement',
  'window-open',
  'window-shut',
  'lead-after-stops',
  'chequered',
  'finish',
  'class-win',
  'title-decided',
];

/** What the engine makes of a race, for people to read and for tests to compare. */
export function tellRace(view: RaceView): string {
  const { manifest } = view.state;
  const isLong = (manifest.distance?.durationMs ?? 0) > LONG_RACE_MS;
  const lines = classify(view);
  const moments = momentsUntil(manifest, view.history, view.nowMs).filter(isKey);
  return [
    `# ${manifest.event}, ${manifest.circuit.name}`,
    '## Classification',
    ...resultTable(isLong ? lines.filter((line, index) => index < SHORT_RESULT || line.classPosition === 1) : lines),
    '## Lead',
    ...leadLines(view.history),
    '## Flags',
    ...flagTable(view.history.flags.filter(({ sector }) => !isLong || sector === undefined)),
    '## Key moments',
    ...(isLong ? momentCounts(moments) : moments.map((moment) => `- ${tellMoment(view, moment)}`)),
    '',
  ]
    .join('\n')
    .replace(/\n(## .*)\n/g, '\n\n$1\n\n');
}

function isKey(moment: Moment): boolean {
  return moment.importance >= 2 && KEY_MOMENTS.includes(moment.kind);
}

function tellMoment({ state }: RaceView, moment: Moment): string {
  return `${formatClock(moment.atMs)} ${moment.kind}: ${momentText(moment, state.manifest, 'en')}`;
}

function momentCounts(moments: readonly Moment[]): string[] {
  return KEY_MOMENTS.map((kind) => `- ${kind}: ${moments.filter((moment) => moment.kind === kind).length}`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

function resultTable(lines: readonly ClassifiedCar[]): string[] {
  const head = ['Pos', 'Car', 'Class', 'In class', 'Laps', 'Gap', 'Best lap', 'Stops', 'Status', 'Reason'];
  return table(head, lines.map(resultRow));
}

function resultRow(line: ClassifiedCar): string[] {
  const { outcome, bestLapTimeMs, bestLap } = line;
  return [
    String(line.position ?? '–'),
    `#${line.car}`,
    line.class ?? '–',
    String(line.classPosition ?? '–'),
    String(line.laps),
    formatGap(line.gap, { lap: (lap) => `${lap} laps`, laps: (laps) => (laps === 1 ? '1 lap' : `${laps} laps`) }),
    bestLapTimeMs === undefined ? '–' : `${formatLapTime(bestLapTimeMs)} (${bestLap})`,
    String(line.pitStops),
    line.status === 'classified' && !line.tookFlag ? 'classified without the flag' : line.status,
    outcome === undefined ? '' : `lap ${outcome.lap}: ${outcome.reason ?? 'unknown'}`,
  ];
}

/** Who was first to end each lap: runs of laps by car, laps led, and changes of the lead from lap to lap. */
function leadLines({ allLaps }: RaceHistory): string[] {
  const leaders: string[] = [];
  for (const { lap, car } of allLaps) if (lap > leaders.length) leaders.push(car);
  const changes = leaders.filter((car, index) => index > 0 && car !== leaders[index - 1]).length;
  const led = [...new Set(leaders)]
    .map((car) => ({ car, laps: leaders.filter((leader) => leader === car).length }))
    .sort((one, other) => other.laps - one.laps);
  return [
    `- Laps led: ${led.map(({ car, laps }) => `#${car} ${laps}`).join(', ')}`,
    `- Lead changes at the line: ${changes}`,
  ];
}

function flagTable(flags: RaceHistory['flags']): string[] {
  const rows = flags
    .filter(({ flag, sector }) => flag !== 'green' || sector === undefined)
    .map(({ atMs, endMs, flag, sector, lap }) => [
      formatClock(atMs),
      endMs === undefined ? '–' : formatClock(endMs),
      sector === undefined ? flag : `${flag}, sector ${sector}`,
      String(lap),
    ]);
  return table(['From', 'To', 'Flag', 'Lap'], rows);
}
