import type { Moment, MomentOfKind } from '../analysis/moment.ts';
import { FLAG_WORDS } from './flag-words.ts';
import { formatDuration, formatLapTime } from './lap-time.ts';
import type { Names, Sanction } from './moment-words.ts';

/** A moment in English. */
export function tellEnglish(moment: Moment, names: Names): string {
  const [first = '?', second = '?'] = moment.cars;
  const driver = 'driver' in moment ? names.driver(moment.driver, first) : '';
  switch (moment.kind) {
    case 'start':
      return moment.cars.length === 0 ? 'The race is on.' : `The race is on, ${driver} from pole.`;
    case 'lead-change':
      if (moment.cause !== 'track' || moment.cars.length < 2)
        return `${driver} leads${CAUSES[moment.cause]}, lap ${moment.lap}.`;
      return `${driver} takes the lead from ${names.driver(moment.fromDriver, second)}, lap ${moment.lap}.`;
    case 'overtake':
      return `${driver} passes ${names.driver(moment.passedDriver, second)} for ${place(moment.position)}${moment.className === undefined ? '' : ` and the lead in ${moment.className}`}${moment.isAfterError ? ' after the error' : ''}.`;
    case 'battle':
      return `${driver} is on the tail of ${names.driver(moment.aheadDriver, second)}: ${seconds(moment.gapMs)} for ${place(moment.position - 1)}.`;
    case 'battle-over':
      return `${names.driver(moment.aheadDriver, second)} has shaken off ${driver} in the fight for ${place(moment.position - 1)}: ${seconds(moment.gapMs)} between them.`;
    case 'closing':
      return `${driver} closes in on ${names.driver(moment.aheadDriver, second)}, ${place(moment.position - 1)}: now ${seconds(moment.gapMs)}.`;
    case 'comeback':
      return `${driver} is up to ${place(moment.position)}, from P${moment.gridPosition} on the grid.`;
    case 'stop':
      return stop(moment, driver, names);
    case 'undercut':
      return `${driver} is ahead of ${names.driver(moment.loserDriver, second)} by stopping ${moment.how === 'undercut' ? 'earlier' : 'later'}: the ${moment.how} brought ${seconds(moment.gainedMs)}.`;
    case 'lead-after-stops':
      return `After the stops ${driver} leads ${names.driver(moment.secondDriver, second)} by ${seconds(moment.gapMs)}.`;
    case 'fastest-lap':
      return `${driver} sets the fastest lap, ${formatLapTime(moment.lapTimeMs)}${moment.position > 3 ? '' : `, in ${place(moment.position)}`}.`;
    case 'retirement':
      return `${driver} is out on lap ${moment.lap}${moment.position > 0 ? `, in P${moment.position}` : ''}${moment.isExplained ? '' : because(moment.reason)}.`;
    case 'did-not-start':
      return `${names.crew(first)} does not start${because(moment.reason)}.`;
    case 'disqualification':
      return `${names.crew(first)} is disqualified${because(moment.reason)}.`;
    case 'incident':
      return /[.!?]$/.test(moment.text) ? moment.text : `${moment.text}.`;
    case 'flag':
      return `${FLAG_WORDS.en[moment.flag]}${moment.sector === undefined ? '' : ` in sector ${moment.sector}`}.`;
    case 'restart':
      return `Green again after ${FLAG_WORDS.en[moment.flag].toLowerCase()}${moment.laps === 0 ? '' : ` for ${laps(moment.laps)}`}${stopped(moment.cars, names)}.`;
    case 'penalty':
      return `${driver === `#${first}` ? driver : `${driver} (#${first})`}: ${sanction(moment.penalty.sanction)}${moment.penalty.state === 'withdrawn' ? ' withdrawn' : ''}${because(moment.penalty.reason)}.`;
    case 'window-open':
      return 'The pit window is open.';
    case 'window-shut':
      return moment.missed.length === 0
        ? 'The pit window is shut: all stops are served.'
        : `The pit window is shut: ${moment.missed.map(names.car).join(', ')} missed it.`;
    case 'class-lead':
      return `${driver} leads${CAUSES[moment.cause]} in ${moment.className}, lap ${moment.lap}.`;
    case 'class-win':
      return `${driver} wins in ${moment.className}, ${place(moment.position)} overall.`;
    case 'title-needs':
      return `${moment.rival} stays on ${moment.rivalPoints} points (${moment.title}): ${moment.competitor} needs ${moment.position === 1 ? 'the win' : `P${moment.position} or better`}${moment.tiePosition === undefined ? '' : `, P${moment.tiePosition} would leave them level`}.`;
    case 'title-decided':
      if (moment.points === undefined)
        return `${moment.champion} is champion (${moment.title}): nobody can catch up any more.`;
      return `${moment.champion} is champion (${moment.title}): ${moment.points} points${moment.rival === undefined ? '' : ` to ${moment.rivalPoints} for ${moment.rival}`}.`;
    case 'chequered':
      return `${driver} takes the chequered flag after ${laps(moment.laps)} and wins${from(moment.gridPosition, 1)}.`;
    case 'finish':
      return `${driver} is ${ORDINALS[moment.position] ?? place(moment.position)}${moment.gapMs === undefined ? '' : `, ${seconds(moment.gapMs, 3)} behind ${names.driver(moment.winnerDriver, second)}`}${from(moment.gridPosition, moment.position)}.`;
    case 'phase':
      return moment.phase === 'suspended' ? 'The race is suspended.' : 'The race is resumed.';
  }
}

const CAUSES = { track: '', pit: ' through the stops', retirement: ' after a retirement' } as const;
const ORDINALS: Readonly<Record<number, string>> = { 2: 'second', 3: 'third' };
/** Of so many cars at most the numbers are read out. */
const MOST_NUMBERS = 4;

function stop(moment: MomentOfKind<'stop'>, driver: string, names: Names): string {
  const { newDriver, pitTimeMs, longByMs, rival } = moment;
  const [car = '?'] = moment.cars;
  const time = seconds(pitTimeMs);
  const what =
    newDriver === undefined
      ? `${driver} stops for ${time}`
      : `${driver} hands over to ${names.driver(newDriver, car)}; stop of ${time}`;
  const than = rival === undefined ? 'than usual' : `than that of ${names.car(rival)}`;
  const long = longByMs === undefined ? '' : `, ${seconds(longByMs)} longer ${than}`;
  return `${what}${long}.`;
}

function stopped(cars: readonly string[], names: Names): string {
  if (cars.length === 0) return '';
  if (cars.length <= MOST_NUMBERS) return `; ${cars.map(names.car).join(', ')} stopped meanwhile`;
  return `; ${cars.length} cars stopped meanwhile, ${names.car(cars[0] as string)} the best placed`;
}

function laps(count: number): string {
  return count === 1 ? 'one lap' : `${count} laps`;
}

function from(gridPosition: number | undefined, position: number): string {
  if (gridPosition === undefined || gridPosition === position) return '';
  return gridPosition === 1 ? ' after starting from pole' : `, from P${gridPosition} on the grid`;
}

function place(position: number): string {
  return position === 1 ? 'the lead' : `P${position}`;
}

/** `12.3 s`; from a minute on `1:02.3`. */
function seconds(ms: number, digits = 1): string {
  const text = digits === 1 ? formatDuration(ms) : formatLapTime(ms);
  return text.includes(':') ? text : `${text} s`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}

function sanction(given: Sanction): string {
  switch (given.kind) {
    case 'time':
      return `${formatDuration(given.ms)} s time penalty`;
    case 'laps':
      return given.laps === 1 ? 'one lap penalty' : `${given.laps} laps penalty`;
    case 'drive-through':
      return 'drive-through penalty';
    case 'stop-and-go':
      return given.ms === undefined ? 'stop-and-go penalty' : `stop-and-go penalty of ${formatDuration(given.ms)} s`;
    case 'grid-places':
      return `${given.places} grid places lost`;
    case 'forced-position':
      return `placed ${given.position}`;
  }
}
