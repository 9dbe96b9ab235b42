import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { Caller } from '../../demo/portal';
import { listening } from '../support/listening';

test('a connection that was closed while it was idle costs no answer', async () => {
  const used = new Set<Socket>();
  let cut = 0;
  const server = createServer((req, res) => {
    if (used.has(req.socket)) {
      cut += 1;
      req.socket.destroy();
      return;
    }
    used.add(req.socket);
    res.setHeader('content-type', 'application/json').end('{"id":"x"}');
  });
  const { url } = await listening(server);
  const caller = new Caller(url, 'token');
  try {
    for (let i = 0; i < 3; i++) expect((await caller.view('x')).id).toBe('x');
    expect(cut).toBe(2);
  } finally {
    caller.close();
    server.close();
  }
});

test('who answers nothing at all is an error', async () => {
  const server = createServer((req) => void req.socket.destroy());
  const { url } = await listening(server);
  const caller = new Caller(url, 'token');
  try {
    await expect(caller.view('x')).rejects.toThrow('socket hang up');
  } finally {
    caller.close();
    server.close();
  }
});
