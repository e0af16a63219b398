import type { Moment, MomentOfKind } from '../analysis/moment.ts';
import { FLAG_WORDS } from './flag-words.ts';
import { formatDuration, formatLapTime } from './lap-time.ts';
import type { Names, Sanction } from './moment-words.ts';

/** A moment in German. */
export function tellGerman(moment: Moment, names: Names): string {
  const [first = '?', second = '?'] = moment.cars;
  const driver = 'driver' in moment ? names.driver(moment.driver, first) : '';
  switch (moment.kind) {
    case 'start':
      return moment.cars.length === 0 ? 'Das Rennen läuft.' : `Das Rennen läuft, ${driver} startet von der Pole.`;
    case 'lead-change':
      if (moment.cause !== 'track' || moment.cars.length < 2)
        return `${driver} führt${CAUSES[moment.cause]}, Runde ${moment.lap}.`;
      return `${driver} übernimmt die Führung von ${names.driver(moment.fromDriver, second)}, Runde ${moment.lap}.`;
    case 'overtake':
      return `${driver} überholt ${names.driver(moment.passedDriver, second)}${moment.isAfterError ? ' nach dessen Fehler' : ''} und liegt auf ${place(moment.position)}${moment.className === undefined ? '' : `, damit vorn in der Klasse ${moment.className}`}.`;
    case 'battle':
      return `${driver} hängt ${names.driver(moment.aheadDriver, second)} im Nacken: ${seconds(moment.gapMs)} im Kampf um ${place(moment.position - 1)}.`;
    case 'battle-over':
      return `${names.driver(moment.aheadDriver, second)} hat ${driver} im Kampf um ${place(moment.position - 1)} abgeschüttelt: ${seconds(moment.gapMs)} Abstand.`;
    case 'closing':
      return `${driver} holt auf ${names.driver(moment.aheadDriver, second)} (${place(moment.position - 1)}) auf: noch ${seconds(moment.gapMs)}.`;
    case 'comeback':
      return `${driver} hat sich von Startplatz ${moment.gridPosition} auf ${place(moment.position)} vorgearbeitet.`;
    case 'stop':
      return stop(moment, driver, names);
    case 'undercut':
      return `${driver} ist durch den ${moment.how === 'undercut' ? 'früheren' : 'späteren'} Stopp vor ${names.driver(moment.loserDriver, second)}: der ${moment.how === 'undercut' ? 'Undercut' : 'Overcut'} brachte ${seconds(moment.gainedMs)}.`;
    case 'lead-after-stops':
      return `Nach den Stopps führt ${driver} mit ${seconds(moment.gapMs)} vor ${names.driver(moment.secondDriver, second)}.`;
    case 'fastest-lap':
      return `${driver} fährt${moment.position > 3 ? '' : ` auf ${place(moment.position)}`} die schnellste Runde: ${formatLapTime(moment.lapTimeMs).replace('.', ',')}.`;
    case 'retirement':
      return `${driver} scheidet in Runde ${moment.lap}${moment.position > 0 ? ` auf P${moment.position}` : ''} aus${moment.isExplained ? '' : because(moment.reason)}.`;
    case 'did-not-start':
      return `${names.crew(first)} startet nicht${because(moment.reason)}.`;
    case 'disqualification':
      return `${names.crew(first)} wird disqualifiziert${because(moment.reason)}.`;
    case 'incident':
      return /[.!?]$/.test(moment.text) ? moment.text : `${moment.text}.`;
    case 'flag':
      return `${FLAG_WORDS.de[moment.flag]}${moment.sector === undefined ? '' : ` in Sektor ${moment.sector}`}.`;
    case 'restart':
      return `Wieder Grün nach ${FLAG_AFTER[moment.flag] ?? FLAG_WORDS.de[moment.flag]}${moment.laps === 0 ? '' : ` über ${laps(moment.laps)}`}${stopped(moment.cars, names)}.`;
    case 'penalty':
      return `${driver === `#${first}` ? driver : `${driver} (#${first})`}: ${sanction(moment.penalty.sanction)}${moment.penalty.state === 'withdrawn' ? ' zurückgenommen' : ''}${because(moment.penalty.reason)}.`;
    case 'window-open':
      return 'Das Boxenfenster ist offen.';
    case 'window-shut':
      return moment.missed.length === 0
        ? 'Das Boxenfenster ist zu: alle Stopps sind erledigt.'
        : `Das Boxenfenster ist zu: ${moment.missed.map(names.car).join(', ')} ${moment.missed.length === 1 ? 'hat' : 'haben'} es verpasst.`;
    case 'class-lead':
      return `${driver} führt${CAUSES[moment.cause]} in der Klasse ${moment.className}, Runde ${moment.lap}.`;
    case 'class-win':
      return `${driver} gewinnt die Klasse ${moment.className}, gesamt ${place(moment.position)}.`;
    case 'title-needs':
      return `${moment.rival} bleibt bei ${moment.rivalPoints} Punkten (${moment.title}): ${moment.competitor} braucht ${moment.position === 1 ? 'den Sieg' : `P${moment.position} oder besser`}${moment.tiePosition === undefined ? '' : `, P${moment.tiePosition} wäre Punktgleichheit`}.`;
    case 'title-decided':
      if (moment.points === undefined)
        return `${moment.champion} holt den Titel (${moment.title}): niemand kann mehr aufschließen.`;
      return `${moment.champion} holt den Titel (${moment.title}): ${moment.points} Punkte${moment.rival === undefined ? '' : `, ${moment.rival} hat ${moment.rivalPoints}`}.`;
    case 'chequered':
      return `${driver} sieht nach ${laps(moment.laps)} als Erster die Zielflagge und gewinnt${from(moment.gridPosition, 1)}.`;
    case 'finish':
      return `${driver} wird ${ORDINALS[moment.position] ?? place(moment.position)}${moment.gapMs === undefined ? '' : `, ${seconds(moment.gapMs, 3)} hinter ${names.driver(moment.winnerDriver, second)}`}${from(moment.gridPosition, moment.position)}.`;
    case 'phase':
      return moment.phase === 'suspended' ? 'Das Rennen ist unterbrochen.' : 'Das Rennen geht weiter.';
  }
}

const CAUSES = { track: '', pit: ' durch die Stopps', retirement: ' nach einem Ausfall' } as const;
const ORDINALS: Readonly<Record<number, string>> = { 2: 'Zweiter', 3: 'Dritter' };
/** Flags whose word bends after a preposition. */
const FLAG_AFTER: Partial<Record<MomentOfKind<'flag'>['flag'], string>> = {
  yellow: 'Gelb',
  red: 'Rot',
  'virtual-safety-car': 'virtuellem Safety-Car',
  'slow-zone': 'einer Langsamzone',
};
/** Of so many cars at most the numbers are read out. */
const MOST_NUMBERS = 4;

function stop(moment: MomentOfKind<'stop'>, driver: string, names: Names): string {
  const { newDriver, pitTimeMs, longByMs, rival } = moment;
  const [car = '?'] = moment.cars;
  const time = seconds(pitTimeMs);
  const what =
    newDriver === undefined
      ? `${driver} stoppt, ${time} in der Box`
      : `${driver} übergibt an ${names.driver(newDriver, car)}; Stopp ${time}`;
  const than = rival === undefined ? 'als üblich' : `als bei ${names.car(rival)}`;
  const long = longByMs === undefined ? '' : `, ${seconds(longByMs)} länger ${than}`;
  return `${what}${long}.`;
}

function stopped(cars: readonly string[], names: Names): string {
  if (cars.length === 0) return '';
  const verb = cars.length === 1 ? 'hat' : 'haben';
  if (cars.length <= MOST_NUMBERS) return `; ${cars.map(names.car).join(', ')} ${verb} dabei gestoppt`;
  return `; ${cars.length} Autos haben dabei gestoppt, am besten platziert ${names.car(cars[0] as string)}`;
}

function laps(count: number): string {
  return count === 1 ? 'eine Runde' : `${count} Runden`;
}

function from(gridPosition: number | undefined, position: number): string {
  if (gridPosition === undefined || gridPosition === position) return '';
  return gridPosition === 1 ? ' nach Start von der Pole' : `, von Startplatz ${gridPosition}`;
}

function place(position: number): string {
  return position === 1 ? 'Platz eins' : `P${position}`;
}

/** `12,3 s`; from a minute on `1:02,3 min`. */
function seconds(ms: number, digits = 1): string {
  const text = (digits === 1 ? formatDuration(ms) : formatLapTime(ms)).replace('.', ',');
  return text.includes(':') ? `${text} min` : `${text} s`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}

function sanction(given: Sanction): string {
  switch (given.kind) {
    case 'time':
      return `Zeitstrafe von ${seconds(given.ms)}`;
    case 'laps':
      return given.laps === 1 ? 'Strafe von einer Runde' : `Strafe von ${given.laps} Runden`;
    case 'drive-through':
      return 'Durchfahrtsstrafe';
    case 'stop-and-go':
      return given.ms === undefined ? 'Stop-and-go-Strafe' : `Stop-and-go-Strafe von ${seconds(given.ms)}`;
    case 'grid-places':
      return `${given.places} Startplätze verloren`;
    case 'forced-position':
      return `auf Platz ${given.position} gesetzt`;
  }
}
