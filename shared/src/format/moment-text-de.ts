import type { Moment } from '../analysis/moment.ts';
import { formatDuration, formatLapTime } from './lap-time.ts';
import { FLAG_WORDS, type Names, type Sanction } from './moment-words.ts';

/** A moment in German. */
export function tellGerman(moment: Moment, names: Names): string {
  const [first = '?', second = '?'] = moment.cars;
  const driver = 'driver' in moment ? names.driver(moment.driver, first) : '';
  switch (moment.kind) {
    case 'start':
      return moment.cars.length === 0 ? 'Das Rennen läuft.' : `Das Rennen läuft, ${driver} startet von der Pole.`;
    case 'lead-change':
      return `${driver} führt${LEAD_CAUSES[moment.cause]}, Runde ${moment.lap}.`;
    case 'overtake':
      return `${driver} überholt ${names.driver(moment.passedDriver, second)} und liegt auf ${place(moment.position)}.`;
    case 'battle':
      return `${driver} hängt ${names.driver(moment.aheadDriver, second)} im Nacken: ${seconds(moment.gapMs)} im Kampf um ${place(moment.position - 1)}.`;
    case 'closing':
      return `${driver} holt auf ${names.driver(moment.aheadDriver, second)} (${place(moment.position - 1)}) auf: noch ${seconds(moment.gapMs)}.`;
    case 'stop':
      return moment.newDriver === undefined
        ? `${driver} stoppt, ${seconds(moment.pitTimeMs)} in der Box.`
        : `${driver} übergibt an ${names.driver(moment.newDriver, first)}; Stopp ${seconds(moment.pitTimeMs)}.`;
    case 'lead-after-stops':
      return `Nach den Stopps führt ${driver} mit ${seconds(moment.gapMs)} vor ${names.driver(moment.secondDriver, second)}.`;
    case 'fastest-lap':
      return `${driver} fährt die schnellste Runde, ${formatLapTime(moment.lapTimeMs)}, auf ${place(moment.position)}.`;
    case 'retirement':
      return `${driver} scheidet in Runde ${moment.lap} aus${because(moment.reason)}.`;
    case 'did-not-start':
      return `${names.car(first)} startet nicht${because(moment.reason)}.`;
    case 'disqualification':
      return `${names.car(first)} wird disqualifiziert${because(moment.reason)}.`;
    case 'incident':
      return /[.!?]$/.test(moment.text) ? moment.text : `${moment.text}.`;
    case 'flag':
      return `${FLAG_WORDS.de[moment.flag]}${moment.sector === undefined ? '' : ` in Sektor ${moment.sector}`}.`;
    case 'penalty':
      return `${names.car(first)}: ${sanction(moment.penalty.sanction)}${moment.penalty.state === 'withdrawn' ? ' zurückgenommen' : ''}${because(moment.penalty.reason)}.`;
    case 'window-open':
      return 'Das Boxenfenster ist offen.';
    case 'window-shut':
      return moment.missed.length === 0
        ? 'Das Boxenfenster ist zu: alle Stopps sind erledigt.'
        : `Das Boxenfenster ist zu: ${moment.missed.map(names.car).join(', ')} hat es verpasst.`;
    case 'chequered':
      return `${driver} sieht nach ${moment.laps} Runden als Erster die Zielflagge.`;
    case 'finish':
      return `${driver} wird ${ORDINALS[moment.position] ?? place(moment.position)}${moment.gapMs === undefined ? '' : `, ${seconds(moment.gapMs, 3)} hinter ${names.driver(moment.winnerDriver, second)}`}.`;
    case 'phase':
      return moment.phase === 'suspended' ? 'Das Rennen ist unterbrochen.' : 'Das Rennen geht weiter.';
  }
}

const LEAD_CAUSES = { track: '', pit: ' durch die Stopps', retirement: ' nach einem Ausfall' } as const;
const ORDINALS: Readonly<Record<number, string>> = { 2: 'Zweiter', 3: 'Dritter' };

function place(position: number): string {
  return position === 1 ? 'Platz eins' : `P${position}`;
}

function seconds(ms: number, digits = 1): string {
  return `${(digits === 1 ? formatDuration(ms) : formatLapTime(ms)).replace('.', ',')} s`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}

function sanction(given: Sanction): string {
  switch (given.kind) {
    case 'time':
      return `Zeitstrafe von ${formatDuration(given.ms)} s`;
    case 'laps':
      return given.laps === 1 ? 'Strafe von einer Runde' : `Strafe von ${given.laps} Runden`;
    case 'drive-through':
      return 'Durchfahrtsstrafe';
    case 'stop-and-go':
      return given.ms === undefined ? 'Stop-and-go-Strafe' : `Stop-and-go-Strafe von ${formatDuration(given.ms)} s`;
    case 'grid-places':
      return `${given.places} Startplätze verloren`;
    case 'forced-position':
      return `auf Platz ${given.position} gesetzt`;
  }
}
