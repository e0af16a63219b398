const KEY = 'pitboard.token';
/** What can stand in the header of a request. */
const SENDABLE = /^[\x21-\x7e]{1,200}$/;

/** The token of this server that a person has entered; it is kept until the browser is closed. */
export function readServerToken(): string | undefined {
  try {
    const token = sessionStorage.getItem(KEY) ?? '';
    return SENDABLE.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

export function keepServerToken(token: string | undefined): void {
  try {
    if (token === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // Where nothing may be kept, it is asked for again.
  }
}

/** Shows the token with a request, where there is one. */
export function tokenHeaders(): Record<string, string> {
  const token = readServerToken();
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
