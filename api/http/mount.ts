import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Authenticate } from '../auth/caller';
import { mayDo } from '../auth/caller';
import type { ProblemCode } from '../problems/catalogue';
import { problemFrom } from '../problems/from-error';
import { Problem } from '../problems/problem';
import { validated } from '../problems/validation';
import type { RouteLocals } from './locals';
import type { RawBody, Route } from './route';

const JSON_LIMIT = 100 * 1024;

const parseJson = express.json({ limit: JSON_LIMIT, strict: false, type: () => true });

const hasBody = (req: Request): boolean =>
  req.headers['transfer-encoding'] !== undefined || (req.headers['content-length'] ?? '0') !== '0';

/** Refuses what is not JSON by its type; a request without a body counts as one with an empty object. */
const jsonBody: RequestHandler = (req, res, next) => {
  if (!hasBody(req)) {
    req.body = {};
    next();
  } else if (req.is(['application/json', 'application/*+json'])) parseJson(req, res, next);
  else next(new Problem('unsupported-media-type', { headers: { accept: 'application/json' } }));
};

const tooLargeFor = (code: ProblemCode, limit: number): Problem =>
  new Problem(code, { detail: { ar: `الحد الأعلى ${limit} بايت.`, en: `At most ${limit} bytes.` } });

function rawBody({ mediaTypes, limit, tooLarge = 'body-too-large' }: RawBody): RequestHandler {
  const parse = express.raw({ limit, type: () => true });
  const refused = tooLargeFor(tooLarge, limit);
  return (req, res, next) => {
    if (!hasBody(req)) {
      req.body = Buffer.alloc(0);
      next();
    } else if (!mediaTypes.includes('*/*') && !req.is([...mediaTypes]))
      next(new Problem('unsupported-media-type', { headers: { accept: mediaTypes.join(', ') } }));
    // The parser would let all of it come before it answers.
    else if (Number(req.headers['content-length']) > limit) next(refused);
    else parse(req, res, (error?: unknown) => next(problemFrom(error).code === 'body-too-large' ? refused : error));
  };
}

/** What the request's log line and metrics say about where it went: the route's own path, never the address as it came. */
export interface MountDeps {
  readonly authenticate: Authenticate;
  /** After the caller is known. */
  readonly limit: RequestHandler;
  /** Where anybody may ask. */
  readonly limitPublic: RequestHandler;
}

function handler(route: Route): RequestHandler {
  return async (req: Request, res: Response) => {
    const call = {
      params: route.params ? validated(route.params, req.params) : undefined,
      query: route.query ? validated(route.query, req.query) : undefined,
      body: route.body ? validated(route.body, req.body) : (req.body as unknown),
      req,
      res,
    };
    const reply =
      'open' in route
        ? await route.handle(call)
        : await route.handle({ ...call, caller: (res.locals as Required<RouteLocals>).caller });
    if (!reply) return;
    res.status(reply.status ?? route.success.status);
    res.set('cache-control', 'no-store');
    if (reply.headers) res.set(reply.headers);
    res
      .type(route.success.mediaType ?? 'application/json')
      .send(typeof reply.body === 'string' && route.success.mediaType ? reply.body : JSON.stringify(reply.body));
  };
}

function chain(route: Route, deps: MountDeps): RequestHandler[] {
  const name: RequestHandler = (_req, res, next) => {
    (res.locals as RouteLocals).route = route.path;
    next();
  };
  const body = route.raw ? [rawBody(route.raw)] : route.method === 'post' ? [jsonBody] : [];
  if ('open' in route) return [name, ...(route.limited ? [deps.limitPublic] : []), ...body, handler(route)];
  const { roles } = route;
  const identify = async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const caller = await deps.authenticate(req.headers.authorization);
    (res.locals as RouteLocals).caller = caller;
    if (!mayDo(caller, roles)) throw new Problem('not-your-role');
    next();
  };
  return [name, identify, deps.limit, ...body, handler(route)];
}

const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

/** Mounts every route; a known address with another method says which it takes. */
export function mount(routes: readonly Route[], deps: MountDeps): Router {
  const router = Router({ caseSensitive: true });
  const methods = new Map<string, Set<string>>();
  for (const route of routes) {
    router[route.method](expressPath(route.path), ...chain(route, deps));
    methods.set(route.path, (methods.get(route.path) ?? new Set()).add(route.method));
  }
  for (const [path, taken] of methods) {
    const allow = [...taken]
      .flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
      .join(', ');
    router.all(expressPath(path), (_req, res) => {
      (res.locals as RouteLocals).route = path;
      throw new Problem('method-not-allowed', { headers: { allow } });
    });
  }
  return router;
}
