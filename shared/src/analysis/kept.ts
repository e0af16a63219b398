import type { RaceState } from '../race/race-state.ts';
import type { RaceView } from '../race/race-view.ts';

/**
 * Asks once a state and key: whoever looks at a race asks for the same few figures again and again. Only for what
 * follows from the facts up to the playhead, whatever time has passed since the last of them.
 */
export function keptPerState<T>(make: (view: RaceView, key: string) => T): (view: RaceView, key: string) => T {
  const kept = new WeakMap<RaceState, Map<string, T>>();
  return (view, key) => {
    let values = kept.get(view.state);
    if (values === undefined) {
      values = new Map();
      kept.set(view.state, values);
    }
    if (!values.has(key)) values.set(key, make(view, key));
    return values.get(key) as T;
  };
}
