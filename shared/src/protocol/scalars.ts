import * as z from 'zod/mini';

// Words and numbers that several schemas share. Every text from outside is bounded.
const visible = (max: number) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(max),
    // A control character in a name is junk or an attack; both are refused at the edge.
    z.regex(/^[^\p{Cc}]*$/u, 'must not hold control characters'),
  );

export const carNumberSchema = visible(8).check(z.regex(/^\S+$/, 'must not hold spaces'));
export const idSchema = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(64),
    z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dot, dash and underscore only'),
  );
export const nameSchema = visible(120);
export const textSchema = visible(1000);

/** Session time: ms from the start signal, negative before it. Ten days either way are more than any race. */
export const atMsSchema = z.int().check(z.gte(-864_000_000), z.lte(864_000_000));
export const durationMsSchema = z.int().check(z.gte(0), z.lte(864_000_000));
export const epochMsSchema = z.int().check(z.gte(0), z.lte(8_640_000_000_000_000));
export const lapNumberSchema = z.int().check(z.gte(0), z.lte(100_000));
export const positionSchema = z.int().check(z.gte(1), z.lte(1000));
export const speedKphSchema = z.number().check(z.gte(0), z.lte(600));
