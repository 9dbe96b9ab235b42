import { z } from 'zod';
import { officialBodies } from '../domain/policies/official-bodies';

const secret = z.string().min(1);
const perParty = z.strictObject({
  payments: secret,
  'card-bureau': secret,
  courier: secret,
  messages: secret,
  notices: secret,
});

/**
 * `apiKeys` are the bearer keys of the parties' APIs, `webhookSecrets` are Standard Webhooks secrets (`whsec_` and base64),
 * `portalSecrets` are the client secrets of the portals' back ends, `bodySecrets` those of official bodies, `control` is the bearer key of `/control`.
 */
export const SandboxSecrets = z.strictObject({
  apiKeys: perParty,
  webhookSecrets: perParty,
  portalSecrets: z.strictObject({ 'absher-individuals': secret, 'absher-business': secret }),
  bodySecrets: z.record(z.string(), secret).default({}),
  control: secret,
});
export type SandboxSecrets = z.infer<typeof SandboxSecrets>;

/** Public knowledge, for a developer's machine only; a production configuration must refuse every one of them. */
export const DEVELOPMENT_SECRETS: SandboxSecrets = {
  apiKeys: {
    payments: 'sandbox-payments-key',
    'card-bureau': 'sandbox-card-bureau-key',
    courier: 'sandbox-courier-key',
    messages: 'sandbox-messages-key',
    notices: 'sandbox-notices-key',
  },
  webhookSecrets: {
    payments: 'whsec_c2FuZGJveC1wYXltZW50cy13ZWJob29rLXNlY3JldA==',
    'card-bureau': 'whsec_c2FuZGJveC1jYXJkLWJ1cmVhdS13ZWJob29rLXNlY3JldA==',
    courier: 'whsec_c2FuZGJveC1jb3VyaWVyLXdlYmhvb2stc2VjcmV0',
    messages: 'whsec_c2FuZGJveC1tZXNzYWdlcy13ZWJob29rLXNlY3JldA==',
    notices: 'whsec_c2FuZGJveC1ub3RpY2VzLXdlYmhvb2stc2VjcmV0LTE=',
  },
  portalSecrets: {
    'absher-individuals': 'sandbox-absher-individuals-secret',
    'absher-business': 'sandbox-absher-business-secret',
  },
  bodySecrets: Object.fromEntries(officialBodies.map(({ client }) => [client, `sandbox-${client}-secret`])),
  control: 'sandbox-control-key',
};
