import { Agent, request } from 'node:http';

/** Posts over connections that stay open: what is measured is the rival, not the way to it. */
export function keptAlive(base: string): { post(path: string, body?: unknown): Promise<string>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return {
    post: (path, content) =>
      new Promise((resolve, reject) => {
        const body = content === undefined ? '' : JSON.stringify(content);
        const req = request(
          new URL(path, base),
          {
            method: 'POST',
            agent,
            headers: {
              ...(body ? { 'content-type': 'application/json' } : {}),
              'content-length': Buffer.byteLength(body),
            },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              const text = Buffer.concat(chunks).toString();
              if ((response.statusCode ?? 500) < 300) resolve(text);
              else reject(new Error(`POST ${path} answered ${response.statusCode}: ${text.slice(0, 200)}`));
            });
          },
        );
        req.on('error', reject);
        req.end(body);
      }),
    close: () => agent.destroy(),
  };
}
