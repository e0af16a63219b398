/** A car number as written on the car: `01`, `1` and `001` are three cars. */
export type CarNumber = string;

/** Identifies a driver across cars, sessions and championships, for example `laurens-vanthoor`. */
export type DriverId = string;

/** Identifies a timing loop of the circuit, for example `SF` or `S1`. */
export type LoopId = string;

/** Identifies a class of the manifest, for example `pro-am`. */
export type ClassId = string;

/** Identifies a session on a server, for example `baku-2014`. */
export type SessionId = string;

/** Stands for the name of a circuit that nobody has told. */
export const UNKNOWN_CIRCUIT = 'Unknown circuit';
