import { dirname } from 'node:path';
import express, { Router } from 'express';
import type { Route } from '../http/route';
import type { RouteLocals } from '../http/locals';
import { openApiDocument } from './document';

const ASSETS = dirname(require.resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tajdid API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n`;

/** Everything from here and nothing inline but the styles that the page sets itself. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** The document as JSON, and a page to read it by. */
export function documentation(routes: readonly Route[]): Router {
  const text = JSON.stringify(openApiDocument(routes));
  const router = Router();
  router.use(['/docs', '/openapi.json'], (_req, res, next) => {
    (res.locals as RouteLocals).route = '/docs';
    res.set('content-security-policy', POLICY);
    next();
  });
  router.get('/openapi.json', (_req, res) => void res.type('application/json').send(text));
  router.get('/docs', (_req, res) => void res.type('html').send(PAGE));
  router.get('/docs/start.js', (_req, res) => void res.type('text/javascript').send(START));
  router.use('/docs', express.static(ASSETS, { index: false, maxAge: '1d', extensions: false, dotfiles: 'ignore' }));
  return router;
}
