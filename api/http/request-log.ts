import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { requestSeconds } from '../health/metrics';
import type { RouteLocals } from './locals';

const GIVEN_ID = /^[\w.-]{1,64}$/;

/**
 * Names a request and, when it has ended, measures it and writes its line: with the route and not the address, for an
 * address can hold what somebody should not have put there.
 */
export const requestLog =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const began = performance.now();
    const given = req.headers['x-request-id'];
    const id = typeof given === 'string' && GIVEN_ID.test(given) ? given : randomUUID();
    const locals = res.locals as RouteLocals;
    locals.requestId = id;
    res.setHeader('x-request-id', id);
    res.once('close', () => {
      const { route = 'none', caller } = locals;
      const { method } = req;
      const { statusCode: status, writableFinished } = res;
      const ms = performance.now() - began;
      // One that was cut tells nothing of how fast we are.
      if (writableFinished) requestSeconds.observe({ method, route, status }, ms / 1000);
      log[status >= 500 ? 'error' : 'info'](
        {
          request: id,
          method,
          route,
          status,
          ms: Math.round(ms),
          ...(caller ? { caller: caller.id } : {}),
          ...(writableFinished ? {} : { cut: true }),
        },
        'request ended',
      );
    });
    next();
  };
