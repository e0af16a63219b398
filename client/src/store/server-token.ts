const KEY = 'pitboard.token';
/** What can stand in the header of a request. */
const SENDABLE = /^[\x21-\x7e]{1,200}$/;

/** The token of this server that a person has entered; it is kept until the browser is closed. */
export function readServerToken(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
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

/** Shows a token with a request, the kept one where no other is given; nothing where there is none that can be sent. */
export function tokenHeaders(token = readServerToken()): Record<string, string> {
  return token !== undefined && SENDABLE.test(token) ? { authorization: `Bearer ${token}` } : {};
}
