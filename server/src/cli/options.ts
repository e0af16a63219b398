import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { InvalidArgumentError } from 'commander';

/** Parsers of option values. What they throw, commander turns into one line and exit code 2. */

export function parseSpeed(text: string): number {
  const speed = Number(text.replace(/x$/i, ''));
  if (!(speed > 0 && speed <= 1000)) throw new InvalidArgumentError('a number above 0 and up to 1000, like 1 or 60.');
  return speed;
}

export function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port, 0 to 65535.');
  return port;
}

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new InvalidArgumentError('a whole number from 0 on.');
  return seed;
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100) throw new InvalidArgumentError('a whole number, 1 to 100.');
  return count;
}

export function parseId(text: string): string {
  if (!idSchema.safeParse(text).success) {
    throw new InvalidArgumentError('letters, digits, dot, dash and underscore only, at most 64.');
  }
  return text;
}

export function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new InvalidArgumentError('the address of a server, like http://localhost:4000.');
  }
  return url.href;
}
