import {
  championshipsAt,
  competitorName,
  type TitleRow,
  type TitleState,
} from '@pitboard/shared/analysis/championship.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Championship } from '@pitboard/shared/protocol/manifest.ts';
import { carOf, entryOf, type RaceView } from '@pitboard/shared/race/race-view.ts';

type Needs = NonNullable<TitleRow['needs']>;

/** Where a title stands, in one line. */
export type TitleLine =
  | { readonly kind: 'decided'; readonly champion: string; readonly note: string | undefined }
  | { readonly kind: 'champion'; readonly champion: string }
  | { readonly kind: 'needs'; readonly name: string; readonly needs: Needs }
  | { readonly kind: 'level'; readonly names: readonly string[] }
  | { readonly kind: 'later'; readonly points: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'scoring-unknown' };

/** What this session can still do for a competitor; `may-count`: out, but far enough to be classified. */
export type CompetitorState = 'champion' | 'lost' | 'scoring' | 'home' | 'may-count' | 'out' | 'absent';

export type CompetitorRow = Pick<TitleRow, 'competitor' | 'before' | 'gained' | 'points' | 'position' | 'tied'> & {
  readonly name: string;
  readonly cars: readonly CarNumber[];
  /** Points behind the leader of the title; `undefined` for the first. */
  readonly gap: number | undefined;
  /** `undefined` where the scoring is not known. */
  readonly state: CompetitorState | undefined;
  readonly needs: Needs | undefined;
};

export type Title = {
  readonly championship: Championship;
  readonly line: TitleLine;
  readonly rows: readonly CompetitorRow[];
};

/** The titles: those that this session can decide, those decided before it, and last those whose scoring is not known. */
export function titlesOf(view: RaceView): readonly Title[] {
  return championshipsAt(view)
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .map((state) => ({ championship: state.championship, line: lineOf(view, state), rows: rowsOf(view, state) }));
}

function rankOf({ status, championship }: TitleState): number {
  if (status === 'decided') return 1;
  return isScored(championship) ? 0 : 2;
}

function isScored({ points }: Championship): boolean {
  return points.length > 0;
}

function lineOf(view: RaceView, { championship, rows, champion, needs }: TitleState): TitleLine {
  const nameOf = (competitor: string) => competitorName(view, championship, competitor);
  const { decided, remainingAfter = 0 } = championship;
  if (decided !== undefined) return { kind: 'decided', champion: nameOf(decided.competitor), note: decided.note };
  if (champion !== undefined) return { kind: 'champion', champion: nameOf(champion) };
  if (!isScored(championship)) return { kind: 'scoring-unknown' };
  const foremost = rows.find(({ competitor }) => competitor === needs?.competitor);
  if (foremost?.needs !== undefined) return { kind: 'needs', name: nameOf(foremost.competitor), needs: foremost.needs };
  if (remainingAfter > 0) return { kind: 'later', points: remainingAfter };
  const level = rows.filter(({ position, tied }) => position === 1 && tied);
  const isOver = level.length > 0 && rows.every(({ scoring }) => !scoring);
  return isOver ? { kind: 'level', names: level.map(({ competitor }) => nameOf(competitor)) } : { kind: 'open' };
}

function rowsOf(view: RaceView, { championship, status, rows }: TitleState): readonly CompetitorRow[] {
  const top = rows[0]?.points ?? 0;
  return rows.map((row, index): CompetitorRow => {
    const { competitor, before, gained, points, position, tied, needs } = row;
    const cars = carsOf(view, championship, competitor);
    return {
      ...{ competitor, before, gained, points, position, tied, needs, cars },
      name: competitorName(view, championship, competitor),
      gap: index === 0 ? undefined : top - points,
      state: isScored(championship) ? stateOf(view, row, { cars, isDecided: status === 'decided' }) : undefined,
    };
  });
}

type Known = { readonly cars: readonly CarNumber[]; readonly isDecided: boolean };

/** With the title gone beforehand, what is told of the others is whether they can still score. */
function stateOf(view: RaceView, row: TitleRow, { cars, isDecided }: Known): CompetitorState {
  if (row.status === 'clinched') return 'champion';
  if (row.status === 'lost' && !isDecided) return 'lost';
  if (cars.length === 0) return 'absent';
  if (row.scoring) return 'scoring';
  if (cars.some((car) => carOf(view.state, car)?.status === 'finished')) return 'home';
  return row.best > row.points ? 'may-count' : 'out';
}

/** The cars that score for a competitor, in the order of the entry list. */
function carsOf(view: RaceView, championship: Championship, competitor: string): readonly CarNumber[] {
  return view.state.cars.flatMap(({ car }) => {
    const entry = entryOf(view.state, car);
    const isOwn =
      championship.scope === 'team'
        ? entry?.team === competitor
        : entry?.drivers.some(({ id }) => id === competitor) === true;
    return isOwn && (championship.class === undefined || entry?.class === championship.class) ? [car] : [];
  });
}

export type TitlePhase = 'before' | 'running' | 'finished' | 'final';

/** How firm the points are at the playhead. */
export function titlePhase({ state: { phase, chequeredAtMs } }: RaceView): TitlePhase {
  if (phase === 'scheduled' || phase === 'formation') return 'before';
  if (phase === 'closed') return 'final';
  return chequeredAtMs === undefined ? 'running' : 'finished';
}
