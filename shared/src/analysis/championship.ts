import type { Championship, Manifest } from '../protocol/manifest.ts';
import { type ClassifiedCar, classify } from '../race/classification.ts';
import { carOf, entryOf, isOut, type RaceView } from '../race/race-view.ts';

export type TitleRow = {
  /** Driver id or team name, as the championship counts. */
  readonly competitor: string;
  readonly before: number;
  /** Points of this session, if it ended as it stands. */
  readonly gained: number;
  readonly points: number;
  readonly position: number;
  /** Still able to score in this session. */
  readonly scoring: boolean;
};

export type TitleState = {
  readonly championship: Championship;
  /** Leader first. */
  readonly rows: readonly TitleRow[];
  /** `decided` before this session; `clinched` in it; `open` as long as others can still win. */
  readonly status: 'decided' | 'clinched' | 'open';
  readonly champion: string | undefined;
  /** The worst position that still makes the best-placed challenger champion, if all others stay where they are. */
  readonly needs: { readonly competitor: string; readonly position: number } | undefined;
};

/** Every championship of the manifest as it would stand if the session ended now. Points before it are the manifest's. */
export function championshipsAt(view: RaceView): readonly TitleState[] {
  const lines = classify(view);
  return view.state.manifest.championships.map((championship) => titleState(view, championship, lines));
}

function titleState(view: RaceView, championship: Championship, lines: readonly ClassifiedCar[]): TitleState {
  const rows = titleRows(view, championship, lines);
  const decided = championship.decided;
  if (decided !== undefined) {
    return { championship, rows, status: 'decided', champion: decided.competitor, needs: undefined };
  }
  const champion = clinchedBy(view, championship, rows);
  const needs = champion === undefined ? neededPosition(championship, rows) : undefined;
  return { championship, rows, status: champion === undefined ? 'open' : 'clinched', champion, needs };
}

function titleRows(view: RaceView, championship: Championship, lines: readonly ClassifiedCar[]): readonly TitleRow[] {
  const rows = championship.standings.map(({ competitor, points: before }) => {
    const line = bestLineOf(view.state.manifest, championship, lines, competitor);
    const car = line === undefined ? undefined : carOf(view.state, line.car);
    const gained = line === undefined ? 0 : pointsOf(championship, line);
    return {
      competitor,
      before,
      gained,
      points: before + gained,
      // [H2] A driver whose car is out keeps what he has, driven or not.
      scoring: car !== undefined && !isOut(car) && car.status !== 'finished',
    };
  });
  rows.sort((one, other) => other.points - one.points || other.before - one.before);
  return rows.map((row, index) => ({ ...row, position: index + 1 }));
}

/** [H1] Points go to competitors, not cars: a crew shares a car's points, each adds them to his own. */
function bestLineOf(
  manifest: Manifest,
  championship: Championship,
  lines: readonly ClassifiedCar[],
  competitor: string,
): ClassifiedCar | undefined {
  return lines.find((line) => {
    const entry = manifest.entries.find((candidate) => candidate.car === line.car);
    if (entry === undefined) return false;
    if (championship.scope === 'team') return entry.team === competitor;
    return entry.drivers.some((driver) => driver.id === competitor);
  });
}

function pointsOf(championship: Championship, line: ClassifiedCar): number {
  const place = championship.class === undefined ? line.position : line.classPosition;
  if (place === undefined || (championship.class !== undefined && line.class !== championship.class)) return 0;
  return championship.points[place - 1] ?? 0;
}

/** [H3] Won when nobody can catch up: at the flag with no points left, or before it when no rival can score enough. */
function clinchedBy(view: RaceView, championship: Championship, rows: readonly TitleRow[]): string | undefined {
  const [first, ...rivals] = rows;
  if (first === undefined || championship.points.length === 0) return undefined;
  const floor = first.scoring ? first.before : first.points;
  const later = championship.remainingAfter ?? 0;
  const isOver = view.state.phase === 'closed';
  const ceiling = (row: TitleRow) =>
    (row.scoring && !isOver ? row.before + (championship.points[0] ?? 0) : row.points) + later;
  const safe = isOver ? first.points : floor;
  return rivals.every((rival) => ceiling(rival) < safe) ? first.competitor : undefined;
}

/** [H4] Against the best total of all others, with all that is left to win later; equal points are not enough. */
function neededPosition(championship: Championship, rows: readonly TitleRow[]): TitleState['needs'] {
  const challenger = rows.find((row) => row.scoring);
  if (challenger === undefined) return undefined;
  const toBeat =
    Math.max(...rows.filter((row) => row !== challenger).map((row) => row.points)) + (championship.remainingAfter ?? 0);
  for (let place = championship.points.length; place >= 1; place--) {
    if (challenger.before + (championship.points[place - 1] ?? 0) > toBeat) {
      return { competitor: challenger.competitor, position: place };
    }
  }
  return undefined;
}

/** Name of a competitor as a person reads it. */
export function competitorName(view: RaceView, championship: Championship, competitor: string): string {
  if (championship.scope === 'team') return competitor;
  for (const { car } of view.state.cars) {
    const driver = entryOf(view.state, car)?.drivers.find((candidate) => candidate.id === competitor);
    if (driver !== undefined) return driver.lastName;
  }
  return competitor;
}
