import { driverLabel } from '@pitboard/shared/format/driver-name.ts';
import { formatDuration, formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import { entryOf } from '@pitboard/shared/race/race-view.ts';
import { memo, type ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { viewStore } from '../store/view-store.ts';
import { CarBadge } from '../ui/car-badge.tsx';
import { RunningTime } from '../ui/running-time.tsx';
import styles from './pit-wall.module.css';
import type { PitRow } from './pit-wall-data.ts';

type PitTableRowProps = PitRow & { readonly selected: boolean };

/** One car of the pit cycle. Rendered anew only when one of its own figures changes. */
export const PitTableRow = memo(function PitTableRow(row: PitTableRowProps) {
  const words = useWords();
  const { car, position } = row;
  const entry = useRace((view) => entryOf(view.state, car));
  const select = () => viewStore.getState().selectCar(car);
  const out = position === undefined;
  return (
    <tr className={styles.row} data-out={out ? '' : undefined} aria-selected={row.selected} onClick={select}>
      <td className={styles.position}>{position ?? <abbr title={words.tower.outOfTheRace}>—</abbr>}</td>
      <th scope="row" className={styles.number}>
        <button type="button" onClick={select}>
          <CarBadge car={car} />
        </button>
      </th>
      <td className={styles.driver}>{driverLabel(entry, row.driver)}</td>
      <td className={styles.stops}>
        <Stops {...row} />
      </td>
      <td className={styles.since}>{out ? '' : row.lapsSinceStop}</td>
      <td className={styles.last}>
        {row.inLaneSinceMs !== undefined ? (
          <span className={styles.inLane}>
            {words.panels.pit.inPit} <RunningTime from={row.inLaneSinceMs} />
          </span>
        ) : (
          seconds(row.lastPitTimeMs)
        )}
      </td>
      <td className={styles.cost}>{seconds(row.stopLossMs)}</td>
      <td className={styles.net}>
        <Net {...row} />
      </td>
      <td className={styles.netGap}>{netGap(row, words.panels.pit.leader)}</td>
    </tr>
  );
});

function Stops({ stops, owed, cycle }: PitRow): ReactElement {
  const words = useWords().panels.pit;
  if (cycle === 'missed') return <em className={styles.missed}>{words.missed}</em>;
  return (
    <>
      {(stops > 0 || owed === 0) && stops}
      {owed > 0 && <em className={styles.owes}>{words.owes(owed)}</em>}
    </>
  );
}

/** The net position, with the places that the car stands to gain or lose. */
function Net({ netPosition, netChange }: PitRow): ReactElement | undefined {
  const words = useWords().panels.pit;
  if (netPosition === undefined) return undefined;
  const change = netChange ?? 0;
  return (
    <>
      <b>{netPosition}</b>
      <span className={styles.change} data-change={Math.sign(change)}>
        {change !== 0 && <span aria-hidden>{`${change > 0 ? '▲' : '▼'}${Math.abs(change)}`}</span>}
        {change !== 0 && (
          <span className="visually-hidden">{change > 0 ? words.gains(change) : words.loses(-change)}</span>
        )}
      </span>
    </>
  );
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '' : formatDuration(ms);
}

const LONG_GAP_MS = 600_000;

function netGap({ netPosition, netGapMs }: PitRow, leader: string): string {
  if (netPosition === 1) return leader;
  if (netGapMs === undefined) return '';
  // Tenths say nothing over so many laps.
  return `+${netGapMs < LONG_GAP_MS ? formatDuration(netGapMs) : formatMinutes(netGapMs)}`;
}
