import { lapsSinceStop } from '@pitboard/shared/analysis/pit-cycle.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { formatDuration, formatLapTime } from '@pitboard/shared/format/lap-time.ts';
import { carOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import type { ReactElement, ReactNode } from 'react';
import { useWords } from '../i18n/words.ts';
import { RunningTime } from '../ui/running-time.tsx';
import styles from './car-detail.module.css';
import { averageMs, type LapRow } from './car-detail-data.ts';
import { TimeMark } from './time-mark.tsx';

type CarTilesProps = { readonly view: RaceView; readonly car: CarNumber; readonly laps: readonly LapRow[] };

/** The figures of a car at a glance. */
export function CarTiles({ view, car, laps }: CarTilesProps): ReactElement | undefined {
  const words = useWords().panels.car;
  const state = carOf(view.state, car);
  if (state === undefined) return undefined;
  const { bestLapTimeMs, bestLapNumber, lastLapTimeMs, lastPitTimeMs, pitEntryAtMs } = state;
  const average = averageMs(laps);
  const isBestOfAll = bestLapTimeMs !== undefined && view.state.bestLap?.car === car;
  return (
    <dl className={styles.tiles}>
      <Tile name={words.tiles.best} note={bestLapNumber === undefined ? undefined : words.bestOn(bestLapNumber)}>
        {bestLapTimeMs !== undefined && (
          <TimeMark text={formatLapTime(bestLapTimeMs)} rank={isBestOfAll ? 'overall-best' : 'none'} />
        )}
      </Tile>
      <Tile name={words.tiles.last} note={state.lapsCompleted > 0 ? words.onLap(state.lapsCompleted) : undefined}>
        {lastLapTimeMs !== undefined && <TimeMark text={formatLapTime(lastLapTimeMs)} rank={state.lastLapRank} />}
      </Tile>
      <Tile
        name={words.tiles.average}
        note={average === undefined ? undefined : words.cleanLaps(laps.filter((lap) => lap.clean).length)}
      >
        {average !== undefined && formatLapTime(average)}
      </Tile>
      <Tile
        name={words.tiles.pitTime}
        note={state.stops === 0 && pitEntryAtMs === undefined ? words.noStop : undefined}
      >
        {pitEntryAtMs !== undefined ? (
          <span className={styles.inLane}>
            <RunningTime from={pitEntryAtMs} />
          </span>
        ) : (
          lastPitTimeMs !== undefined && formatDuration(lastPitTimeMs)
        )}
      </Tile>
      <Tile name={words.tiles.sinceStop} note={state.stops === 0 ? undefined : words.stops(state.stops)}>
        {lapsSinceStop(view, car)}
      </Tile>
    </dl>
  );
}

type TileProps = { readonly name: string; readonly note: string | undefined; readonly children: ReactNode };

function Tile({ name, note, children }: TileProps): ReactElement {
  return (
    <div>
      <dt className={styles.tileName}>{name}</dt>
      <dd className={styles.tileText}>
        <b className={styles.figure}>{children === false || children === undefined ? '—' : children}</b>
        {note !== undefined && <span className={styles.tileNote}>{note}</span>}
      </dd>
    </div>
  );
}
