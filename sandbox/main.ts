import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEVELOPMENT_SECRETS, SandboxSecrets } from './secrets';
import { startSandbox } from './start';

const Environment = z.object({
  SANDBOX_HOST: z.string().default('127.0.0.1'),
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(8090),
  SANDBOX_PUBLIC_URL: z.url().optional(),
  SANDBOX_DATA_DIR: z.string().default('.tajdid/sandbox'),
  SANDBOX_WEBHOOK_TARGET: z.url().default('http://127.0.0.1:8080'),
  SANDBOX_SEED: z.coerce.number().int().default(1),
  SANDBOX_REDIRECT_URIS: z
    .string()
    .default('http://127.0.0.1:8080/console/callback,http://localhost:8080/console/callback'),
  /** A JSON file in the shape of SandboxSecrets; without it the development secrets hold. */
  SANDBOX_SECRETS_FILE: z.string().optional(),
  OIDC_AUDIENCE: z.string().default('tajdid'),
});

async function main(): Promise<void> {
  const env = Environment.parse(process.env);
  const sandbox = await startSandbox({
    host: env.SANDBOX_HOST,
    port: env.SANDBOX_PORT,
    dataDir: env.SANDBOX_DATA_DIR,
    webhookTarget: env.SANDBOX_WEBHOOK_TARGET,
    secrets: secretsFrom(env.SANDBOX_SECRETS_FILE),
    seed: env.SANDBOX_SEED,
    audience: env.OIDC_AUDIENCE,
    staffClients: [{ clientId: 'console', redirectUris: env.SANDBOX_REDIRECT_URIS.split(',') }],
    ...(env.SANDBOX_PUBLIC_URL !== undefined && { publicUrl: env.SANDBOX_PUBLIC_URL }),
  });
  process.stdout.write(`the sandbox is at ${sandbox.url}\n`);
  const stop = (): void => {
    void sandbox.stop();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

const secretsFrom = (path: string | undefined): SandboxSecrets =>
  path === undefined ? DEVELOPMENT_SECRETS : SandboxSecrets.parse(JSON.parse(readFileSync(path, 'utf8')));

main().catch((error: unknown) => {
  process.stderr.write(`the sandbox did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
