import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { StaffMember } from '../adapters/staff/port';
import { createAuthenticate } from './auth/tokens';
import { actionRoutes } from './cases/act';
import { fileCaseRoute } from './cases/file-case';
import { previewRoute } from './cases/preview';
import { readCaseRoutes } from './cases/read-cases';
import { streamRoute } from './cases/stream';
import { cardRoute } from './console/card';
import { evidenceRoutes } from './console/evidence';
import { reasonRoute } from './console/reasons';
import { certificateRoutes } from './certificates/routes';
import { familyEvidenceRoute } from './console/family';
import { consolePages, CONSOLE_DIRECTORY } from './console/serve';
import { staffRoute } from './console/staff';
import { workStreamRoute } from './console/work-stream';
import type { ApiDeps } from './deps';
import { uploadRoute } from './documents/upload';
import { healthRoutes } from './health/routes';
import type { RouteLocals } from './http/locals';
import { mount } from './http/mount';
import { requestLog } from './http/request-log';
import type { Route } from './http/route';
import { documentation } from './openapi/routes';
import { opsRoutes } from './ops/routes';
import { portalWebhookRoutes } from './portal-webhooks/routes';
import { problemFrom } from './problems/from-error';
import { Problem, sendProblem } from './problems/problem';
import { problemRoutes } from './problems/routes';
import { statisticsRoutes } from './statistics/routes';
import { serviceRoutes } from './services/routes';
import { webhookRoutes } from './webhooks/receive';

export type { ApiDeps, ApiSettings } from './deps';

const REQUESTS_PER_MINUTE = 60_000;
const PUBLIC_REQUESTS_PER_MINUTE = 600;

export const routesOf = (deps: ApiDeps): Route[] => [
  // First what is asked most: routes are looked through in order.
  ...serviceRoutes(deps),
  fileCaseRoute(deps),
  ...webhookRoutes(deps),
  uploadRoute(deps),
  ...certificateRoutes(deps),
  ...readCaseRoutes(deps),
  streamRoute(deps),
  ...evidenceRoutes(deps),
  reasonRoute(deps),
  cardRoute(deps),
  familyEvidenceRoute(deps),
  workStreamRoute(deps),
  staffRoute(deps),
  ...statisticsRoutes(deps),
  ...opsRoutes(deps),
  previewRoute(deps),
  ...actionRoutes(deps),
  ...portalWebhookRoutes(deps),
  ...healthRoutes(deps),
  ...problemRoutes(),
];

const limited = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (req, res) => (res.locals as RouteLocals).caller?.id ?? ipKeyGenerator(req.ip ?? ''),
    handler: (_req, _res, next) => next(new Problem('too-many-requests')),
  });

/** Only the name and the place of an error are logged: its text may quote what it choked on. */
const placeOf = (error: unknown): object => {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const { code } = error as { code?: unknown };
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
};

const failed =
  ({ log }: ApiDeps): ErrorRequestHandler =>
  (error: unknown, req, res, _next) => {
    const problem = problemFrom(error);
    if (
      problem.code === 'internal-error' ||
      problem.code === 'temporarily-unavailable' ||
      problem.code === 'engine-silent'
    ) {
      log.error(
        { request: (res.locals as RouteLocals).requestId, problem: problem.code, ...placeOf(error) },
        'a request failed',
      );
    }
    if (res.headersSent) res.destroy();
    else sendProblem(req, res, problem);
  };

/** A name that cannot be kept just now keeps nobody out. */
const remembering =
  ({ staff, log }: ApiDeps) =>
  (member: StaffMember): Promise<void> =>
    staff.remember(member).catch((error: unknown) => {
      log.warn(placeOf(error), 'the name of a colleague was not kept');
    });

/** The whole API as an Express application; it listens to nothing and owns none of its parts. */
export function createApi(deps: ApiDeps): Express {
  const routes = routesOf(deps);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', deps.settings.trustedProxies ?? false);
  app.use(requestLog(deps.log));
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] },
      },
    }),
  );
  app.use(
    mount(routes, {
      authenticate: createAuthenticate(deps.settings, deps.now ?? Date.now, remembering(deps)),
      limit: limited(deps.settings.requestsPerMinute ?? REQUESTS_PER_MINUTE),
      limitPublic: limited(deps.settings.publicRequestsPerMinute ?? PUBLIC_REQUESTS_PER_MINUTE),
    }),
  );
  app.use(documentation(routes));
  app.use(consolePages({ directory: CONSOLE_DIRECTORY, issuer: deps.settings.issuer, clientId: 'console' }));
  app.use(() => {
    throw new Problem('unknown-route');
  });
  app.use(failed(deps));
  return app;
}
