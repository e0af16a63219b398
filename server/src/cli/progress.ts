const SHORTEST_STEP_MS = 100;

export type Progress = { readonly show: (text: string) => void; readonly end: () => void };

/** One line on the terminal that rewrites itself; silent where nobody is watching. */
export function createProgress(): Progress {
  const out = process.stderr;
  if (!out.isTTY) return { show: () => undefined, end: () => undefined };
  let shownEpochMs = 0;
  return {
    show: (text) => {
      if (Date.now() - shownEpochMs < SHORTEST_STEP_MS) return;
      shownEpochMs = Date.now();
      out.write(`\r\u001b[K${text}`);
    },
    end: () => {
      out.write('\r\u001b[K');
    },
  };
}
