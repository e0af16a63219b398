import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Tell } from './multiloop-message.ts';

type Fate = 'racing' | 'stopped' | 'retired' | 'not-starting' | 'disqualified';

/** The words are free text of the timekeeper; those that are not known say nothing. */
function fateOf(text: string): Fate | undefined {
  const word = text.trim().toLowerCase();
  if (/^(?:active|running|on track|in pit|pit|track)$/.test(word)) return 'racing';
  if (/^(?:stopped|stalled|off course)$/.test(word)) return 'stopped';
  if (/^(?:retired|out|out of race|dnf|did not finish)$/.test(word)) return 'retired';
  if (/^(?:dns|did not start)$/.test(word)) return 'not-starting';
  if (/^(?:dsq|dq|disqualified|excluded)$/.test(word)) return 'disqualified';
  return undefined;
}

/** Tells what became of a car, each time that its status says something new. */
export function createStatusWatch(car: CarNumber, tell: Tell): (text: string, atMs: number) => void {
  let told: Fate = 'racing';
  return (text, atMs) => {
    const fate = fateOf(text);
    if (fate === undefined || fate === told) return;
    if (fate === 'racing') tell({ type: told === 'stopped' ? 'car-resumed' : 'car-reinstated', atMs, car });
    if (fate === 'stopped') tell({ type: 'car-stopped', atMs, car });
    if (fate === 'retired') tell({ type: 'car-retired', atMs, car });
    if (fate === 'not-starting') tell({ type: 'car-not-starting', atMs, car });
    if (fate === 'disqualified') tell({ type: 'car-disqualified', atMs, car });
    told = fate;
  };
}
