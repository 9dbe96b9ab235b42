import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import express, { Router, type RequestHandler } from 'express';
import type { RouteLocals } from '../http/locals';

export interface ConsoleSettings {
  /** Where the built pages are; without them the console is not served. */
  readonly directory: string;
  readonly issuer: string;
  /** The console's public client at the identity provider. */
  readonly clientId: string;
}

const ROOT = join(__dirname, '../..');

/** Where the build puts the pages: beside the compiled code, also when the sources run. */
export const CONSOLE_DIRECTORY = basename(ROOT) === 'dist' ? join(ROOT, 'console') : join(ROOT, 'dist/console');

/** Only our own code, and tokens only from the issuer. Styles set by a script's own hand are no markup and need no leave. */
const policyFor = (issuer: string): string => {
  const origin = new URL(issuer).origin;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self' ${origin}`,
    "manifest-src 'self'",
    `form-action 'self' ${origin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
};

/** The pages of the console under /console/: what has a hash in its name is kept for ever, the page itself never. */
export function consolePages({ directory, issuer, clientId }: ConsoleSettings): Router {
  const router = Router();
  const page: RequestHandler = (_req, res) => {
    res.set('cache-control', 'no-cache').sendFile(join(directory, 'index.html'));
  };
  router.use('/console', (_req, res, next) => {
    (res.locals as RouteLocals).route = '/console';
    res.set({ 'content-security-policy': policyFor(issuer), 'referrer-policy': 'same-origin' });
    next();
  });
  router.get('/console/settings.json', (_req, res) => {
    res.set('cache-control', 'no-cache').json({ issuer, clientId });
  });
  router.use(
    '/console/assets',
    express.static(join(directory, 'assets'), { immutable: true, maxAge: '365d', index: false, fallthrough: true }),
  );
  router.use('/console', express.static(directory, { index: false, redirect: false, maxAge: '1h' }));
  router.get(['/console', '/console/{*rest}'], (req, res, next) => {
    if (req.path.startsWith('/console/assets/') || !existsSync(join(directory, 'index.html'))) next();
    else page(req, res, next);
  });
  return router;
}
