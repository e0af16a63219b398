import { lapText, placeOf } from './ergast-builder.ts';

const NAMES = ['', 'abel', 'bea', 'cyd', 'dan'];

/** A page of the interface about one invented race. */
export function page(part: object, total = 99): string {
  return JSON.stringify({
    MRData: {
      xmlns: '',
      series: 'f1',
      limit: '100',
      offset: '0',
      total: String(total),
      RaceTable: {
        season: '2031',
        Races: [
          {
            season: '2031',
            round: '9',
            raceName: 'Sylvanian Grand Prix',
            Circuit: {
              circuitId: 'sylvan',
              circuitName: 'Sylvan Ring',
              Location: { locality: 'Sylva', country: 'Sylvania' },
            },
            date: '2031-06-08',
            time: '13:00:00Z',
            ...part,
          },
        ],
      },
    },
  });
}

/** Laps in pages of so many timings, lap by lap: a lap may begin on one and end on the next. */
export function lapPages(times: Readonly<Record<number, readonly number[]>>, timingsAPage: number): string[] {
  const longest = Math.max(...Object.values(times).map((laps) => laps.length));
  const timings = Array.from({ length: longest }, (_, index) =>
    Object.entries(times)
      .filter(([, laps]) => laps.length > index)
      .map(([driver, laps]) => ({
        lap: index + 1,
        timing: {
          driverId: NAMES[Number(driver)] ?? `driver_${driver}`,
          position: String(placeOf(times, driver, index)),
          time: lapText(laps[index] ?? 0),
        },
      })),
  ).flat();
  const pages: string[] = [];
  for (let from = 0; from < timings.length; from += timingsAPage) {
    const laps = new Map<number, object[]>();
    for (const { lap, timing } of timings.slice(from, from + timingsAPage))
      laps.set(lap, [...(laps.get(lap) ?? []), timing]);
    pages.push(page({ Laps: [...laps].map(([lap, Timings]) => ({ number: String(lap), Timings })) }, timings.length));
  }
  return pages;
}

const driver = (id: string, code?: string) => ({
  driverId: id,
  ...(code === undefined ? {} : { code }),
  givenName: 'A',
  familyName: id,
});

/** A result in which the third car has its interval in place of its gap. */
export function resultPage(part: 'Results' | 'SprintResults'): string {
  const Constructor = { constructorId: 'alpha', name: 'Alpha Works' };
  const line = (number: string, positionText: string, Driver: object, laps: string, millis?: string) => ({
    ...{ number, position: number, positionText, Driver, Constructor, grid: number, laps, status: 'Finished' },
    ...(millis === undefined ? {} : { Time: { millis, time: '+x' } }),
  });
  return page({
    [part]: [
      line('2', '2', driver('bea', 'BEA'), '4', '370200'),
      line('1', '1', driver('abel', 'ABE'), '4', '368108'),
      line('3', '3', driver('cyd'), '4', '369000'),
      line('4', 'R', driver('dan', 'lower'), '1'),
    ],
  });
}

export function qualifyingPage(): string {
  const line = { number: '81', position: '1', Driver: driver('abel'), Q1: '1:29.100', Q2: '1:28.900', Q3: '' };
  return page({ QualifyingResults: [line] });
}

export function stopPage(): string {
  return page({ PitStops: [{ driverId: 'abel', lap: '2', stop: '1', time: '15:05:23', duration: '22.125' }] });
}
