/** Where a server tells its operator what happens, a line at a time. */
export type Log = {
  readonly info: (line: string) => void;
  readonly error: (line: string) => void;
};

export const consoleLog: Log = {
  info: (line) => console.log(line),
  error: (line) => console.error(`${new Date().toISOString()} ${line}`),
};
