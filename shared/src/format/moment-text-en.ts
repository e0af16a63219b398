import type { Moment } from '../analysis/moment.ts';
import { formatDuration, formatLapTime } from './lap-time.ts';
import { FLAG_WORDS, type Names, type Sanction } from './moment-words.ts';

/** A moment in English. */
export function tellEnglish(moment: Moment, names: Names): string {
  const [first = '?', second = '?'] = moment.cars;
  const driver = 'driver' in moment ? names.driver(moment.driver, first) : '';
  switch (moment.kind) {
    case 'start':
      return moment.cars.length === 0 ? 'The race is on.' : `The race is on, ${driver} from pole.`;
    case 'lead-change':
      return `${driver} leads${LEAD_CAUSES[moment.cause]}, lap ${moment.lap}.`;
    case 'overtake':
      return `${driver} passes ${names.driver(moment.passedDriver, second)} for ${place(moment.position)}.`;
    case 'battle':
      return `${driver} is on the tail of ${names.driver(moment.aheadDriver, second)}: ${seconds(moment.gapMs)} for ${place(moment.position - 1)}.`;
    case 'closing':
      return `${driver} closes in on ${names.driver(moment.aheadDriver, second)}, ${place(moment.position - 1)}: now ${seconds(moment.gapMs)}.`;
    case 'stop':
      return moment.newDriver === undefined
        ? `${driver} stops for ${seconds(moment.pitTimeMs)}.`
        : `${driver} hands over to ${names.driver(moment.newDriver, first)}; stop of ${seconds(moment.pitTimeMs)}.`;
    case 'lead-after-stops':
      return `After the stops ${driver} leads ${names.driver(moment.secondDriver, second)} by ${seconds(moment.gapMs)}.`;
    case 'fastest-lap':
      return `${driver} sets the fastest lap, ${formatLapTime(moment.lapTimeMs)}, in ${place(moment.position)}.`;
    case 'retirement':
      return `${driver} is out on lap ${moment.lap}${because(moment.reason)}.`;
    case 'did-not-start':
      return `${names.car(first)} does not start${because(moment.reason)}.`;
    case 'disqualification':
      return `${names.car(first)} is disqualified${because(moment.reason)}.`;
    case 'incident':
      return /[.!?]$/.test(moment.text) ? moment.text : `${moment.text}.`;
    case 'flag':
      return `${FLAG_WORDS.en[moment.flag]}${moment.sector === undefined ? '' : ` in sector ${moment.sector}`}.`;
    case 'penalty':
      return `${names.car(first)}: ${sanction(moment.penalty.sanction)}${moment.penalty.state === 'withdrawn' ? ' withdrawn' : ''}${because(moment.penalty.reason)}.`;
    case 'window-open':
      return 'The pit window is open.';
    case 'window-shut':
      return moment.missed.length === 0
        ? 'The pit window is shut: all stops are served.'
        : `The pit window is shut: ${moment.missed.map(names.car).join(', ')} missed it.`;
    case 'chequered':
      return `${driver} takes the chequered flag after ${moment.laps} laps.`;
    case 'finish':
      return `${driver} is ${ORDINALS[moment.position] ?? place(moment.position)}${moment.gapMs === undefined ? '' : `, ${seconds(moment.gapMs, 3)} behind ${names.driver(moment.winnerDriver, second)}`}.`;
    case 'phase':
      return moment.phase === 'suspended' ? 'The race is suspended.' : 'The race is resumed.';
  }
}

const LEAD_CAUSES = { track: '', pit: ' through the stops', retirement: ' after a retirement' } as const;
const ORDINALS: Readonly<Record<number, string>> = { 2: 'second', 3: 'third' };

function place(position: number): string {
  return position === 1 ? 'the lead' : `P${position}`;
}

function seconds(ms: number, digits = 1): string {
  return digits === 1 ? `${formatDuration(ms)} s` : `${formatLapTime(ms)} s`;
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
