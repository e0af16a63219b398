import { z } from 'zod';

// Words and numbers that several schemas share. Every text from outside is bounded.
const visible = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    // A control character in a name is junk or an attack; both are refused at the edge.
    .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');

export const carNumberSchema = visible(8).regex(/^\S+$/, 'must not hold spaces');
export const idSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dot, dash and underscore only');
export const nameSchema = visible(120);
export const textSchema = visible(1000);

/** Session time: ms from the start signal, negative before it. Ten days either way are more than any race. */
export const atMsSchema = z.int().min(-864_000_000).max(864_000_000);
export const durationMsSchema = z.int().min(0).max(864_000_000);
export const epochMsSchema = z.int().min(0).max(8_640_000_000_000_000);
export const lapNumberSchema = z.int().min(0).max(100_000);
export const positionSchema = z.int().min(1).max(1000);
export const speedKphSchema = z.number().min(0).max(600);
