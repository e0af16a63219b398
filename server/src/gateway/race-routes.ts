import { driveTimesOf } from '@pitboard/shared/analysis/drive-time.ts';
import { rejoinOf } from '@pitboard/shared/analysis/rejoin.ts';
import { trackPosition } from '@pitboard/shared/analysis/track-position.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { atMsSchema, idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { averageSpeedKph } from '@pitboard/shared/race/average-speed.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { gapInClass, gapToLeader, intervalAhead } from '@pitboard/shared/race/gaps.ts';
import { lapsLed, leadChangesAtLine } from '@pitboard/shared/race/lap-leaders.ts';
import { orderDifferences } from '@pitboard/shared/race/official-order.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { classPositionOf, positionsGained } from '@pitboard/shared/race/positions.ts';
import { knockOutOf } from '@pitboard/shared/race/qualifying.ts';
import { raceClock } from '@pitboard/shared/race/race-clock.ts';
import { carOf, entryOf, positionOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RaceViews } from '../sessions/race-views.ts';
import type { HttpContext } from './http-context.ts';
import { parseInput, sessionOf } from './request-error.ts';

const paramsSchema = z.object({ id: idSchema });
const querySchema = z.object({ at: z.optional(z.coerce.number().pipe(atMsSchema)) });

/** The race itself at any moment, for overlays and other programs that do not fold a log. */
export function addRaceRoutes(app: FastifyInstance, { registry, nowEpochMs }: HttpContext): void {
  const views = new RaceViews(nowEpochMs);

  async function viewOf(request: FastifyRequest): Promise<RaceView> {
    const { id } = parseInput(paramsSchema, request.params);
    const { at } = parseInput(querySchema, request.query);
    return views.viewAt(sessionOf(registry, id), at);
  }

  app.get('/api/sessions/:id/state', async (request, reply) => {
    const view = await viewOf(request);
    reply.header('cache-control', 'no-store');
    const { phase, part, flag, flagSinceMs, clock, weather, bestLap } = view.state;
    const cars = view.state.order.map((car) => carLine(view, car));
    const orderDiffers = orderDifferences(view.state);
    const raceTime = raceClock(view);
    return { atMs: view.nowMs, phase, part, flag, flagSinceMs, clock, raceTime, weather, bestLap, orderDiffers, cars };
  });

  app.get('/api/sessions/:id/classification', async (request, reply) => {
    const view = await viewOf(request);
    reply.header('cache-control', 'no-store');
    return {
      atMs: view.nowMs,
      phase: view.state.phase,
      cars: classify(view),
      official: officialResult(view),
      lapsLed: lapsLed(view),
      leadChanges: leadChangesAtLine(view).length,
      averageSpeedKph: averageSpeedKph(view),
    };
  });
}

/** One car as a timing screen shows it. */
function carLine(view: RaceView, car: CarNumber) {
  const state = carOf(view.state, car);
  const entry = entryOf(view.state, car);
  const driver = entry?.drivers.find(({ id }) => id === state?.driver);
  return {
    position: positionOf(view.state, car),
    car,
    team: entry?.team,
    class: state?.class,
    classPosition: classPositionOf(view.state, car),
    driver: driver && [driver.firstName, driver.lastName].filter(Boolean).join(' '),
    status: state?.status,
    outcome: state?.outcome,
    lapsCompleted: state?.lapsCompleted,
    positionsGained: positionsGained(view.state, car),
    gap: gapToLeader(view, car),
    interval: intervalAhead(view, car),
    gapInClass: gapInClass(view, car),
    knockOut: knockOutOf(view.state, car),
    place: trackPosition(view, car),
    lastLapTimeMs: state?.lastLapTimeMs,
    bestLapTimeMs: state?.bestLapTimeMs,
    stops: state?.stops,
    pitEntryAtMs: state?.pitEntryAtMs,
    rejoin: rejoinOf(view, car),
    driveTimes: driveTimesOf(view, car),
  };
}
