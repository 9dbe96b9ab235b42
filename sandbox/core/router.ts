import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HttpProblem } from './problem';

export interface Call {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: string;
}

export type Handler = (call: Call) => void | Promise<void>;

interface Route {
  readonly segments: readonly string[];
  readonly handler: Handler;
}

/** A card order carries a portrait; nothing here is larger. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Plain `node:http`, because the sandbox shares its cores with what is being measured. Segments that begin with `:` are parameters. */
export class Router {
  private readonly routes = new Map<string, Route[]>();

  on(method: string, pattern: string, handler: Handler): void {
    const segments = pattern.split('/').slice(1);
    const place = `${method} ${segments[0]} ${segments.length}`;
    const routes = this.routes.get(place) ?? [];
    routes.push({ segments, handler });
    this.routes.set(place, routes);
  }

  readonly listener: RequestListener = (req, res) => {
    this.answer(req, res).catch((error: unknown) => sendProblem(res, error));
  };

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [path = '/', search = ''] = (req.url ?? '/').split('?', 2);
    const parts = path.split('/').slice(1);
    const body = await readBody(req);
    for (const { segments, handler } of this.routes.get(`${req.method} ${parts[0]} ${parts.length}`) ?? []) {
      const params = match(segments, parts);
      if (params) return handler({ req, res, params, query: new URLSearchParams(search), body });
    }
    throw new HttpProblem(404, 'no-such-resource');
  }
}

function match(segments: readonly string[], parts: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i] ?? '';
    const part = parts[i] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = decode(part);
    else if (segment !== part) return null;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new HttpProblem(400, 'malformed-path');
  }
}

async function readBody(req: IncomingMessage): Promise<string> {
  if (req.method === 'GET') return '';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new HttpProblem(413, 'too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function sendJson(res: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  res.end(text);
}

export function sendHtml(res: ServerResponse, status: number, html: string): void {
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  res.end(html);
}

export function redirect(res: ServerResponse, to: string): void {
  res.writeHead(303, { location: to, 'cache-control': 'no-store' });
  res.end();
}

function sendProblem(res: ServerResponse, error: unknown): void {
  if (res.headersSent || res.destroyed) return;
  const problem = error instanceof HttpProblem ? error : new HttpProblem(500, 'broken');
  sendJson(res, problem.status, { code: problem.code, message: problem.message });
}

export const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw new HttpProblem(400, 'malformed-json');
  }
};

/** Text that is safe between tags and inside quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
