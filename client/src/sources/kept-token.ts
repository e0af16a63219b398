import { useState } from 'react';

const KEY = 'pitboard.token';

export type KeptToken = {
  /** Empty while nobody has given one. */
  readonly token: string;
  readonly setToken: (token: string) => void;
};

/** The token of the server, asked once a tab. */
export function useKeptToken(storage: Storage = sessionStorage): KeptToken {
  const [token, setState] = useState(() => read(storage));
  return {
    token,
    setToken: (next) => {
      setState(next);
      try {
        if (next === '') storage.removeItem(KEY);
        else storage.setItem(KEY, next);
      } catch {
        // A browser that keeps nothing asks again after the next load.
      }
    },
  };
}

function read(storage: Storage): string {
  try {
    return storage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
