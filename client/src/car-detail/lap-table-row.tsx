import { driverLabel } from '@pitboard/shared/format/driver-name.ts';
import { formatGapTime } from '@pitboard/shared/format/gap.ts';
import { formatLapTime } from '@pitboard/shared/format/lap-time.ts';
import type { Entry } from '@pitboard/shared/protocol/manifest.ts';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { flagColour } from '../ui/flag-badge.tsx';
import styles from './car-detail.module.css';
import type { LapRow } from './car-detail-data.ts';
import { TimeMark } from './time-mark.tsx';

type LapTableRowProps = { readonly lap: LapRow; readonly sectors: number; readonly entry: Entry };

export function LapTableRow({ lap, sectors, entry }: LapTableRowProps): ReactElement {
  const words = useWords().panels.car;
  const { record, gapMs } = lap;
  const time = record.lapTimeMs === undefined ? '—' : formatLapTime(record.lapTimeMs);
  return (
    <tr data-deleted={lap.deleted ? '' : undefined} data-pit={record.isInLap || record.isOutLap ? '' : undefined}>
      <th scope="row">{record.lap}</th>
      <td className={styles.time}>
        {lap.deleted ? (
          <del title={words.deleted}>{time}</del>
        ) : (
          <TimeMark text={time} rank={record.lapTimeMs === undefined ? 'none' : record.rank} />
        )}
      </td>
      {Array.from({ length: sectors }, (_, index) => {
        const sector = record.sectors[index];
        return (
          <td key={words.sector(index + 1)} className={styles.sector}>
            {sector === undefined ? '—' : <TimeMark text={formatLapTime(sector.ms)} rank={sector.rank} />}
          </td>
        );
      })}
      <td className={styles.position}>{record.position}</td>
      <td className={styles.gap}>{gapMs === 0 ? '' : formatGapTime(gapMs)}</td>
      <td className={styles.notes}>
        <LapNotes lap={lap} />
      </td>
      <td className={styles.driver}>{record.driver === undefined ? '' : driverLabel(entry, record.driver)}</td>
    </tr>
  );
}

/** The flag of a lap that was not green, and whether it went through the pits. */
function LapNotes({ lap }: { readonly lap: LapRow }): ReactElement {
  const words = useWords();
  const { flag, isInLap, isOutLap } = lap.record;
  return (
    <>
      {flag !== 'green' && flag !== 'chequered' && (
        <abbr className={styles.flag} style={{ '--flag': flagColour(flag) }} title={words.flags[flag]}>
          {words.panels.car.flagMarks[flag]}
        </abbr>
      )}
      {isInLap && <abbr title={words.panels.car.inLapLong}>{words.panels.car.inLap}</abbr>}
      {isOutLap && <abbr title={words.panels.car.outLapLong}>{words.panels.car.outLap}</abbr>}
    </>
  );
}
