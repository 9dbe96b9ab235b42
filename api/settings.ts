import type { Config } from '../engine/config';
import type { ApiSettings } from './deps';

/** What of the configuration the API itself needs; the issuer is the sandbox's where none is configured. */
export const settingsFrom = (
  { webhookSecrets, borderNumbers }: Pick<Config, 'webhookSecrets' | 'borderNumbers'>,
  oidc: { issuer: string; audience: string },
): ApiSettings => ({
  ...oidc,
  ...(borderNumbers === undefined ? {} : { borderNumbers }),
  webhookSecrets: {
    payments: [webhookSecrets.payments],
    'card-bureau': [webhookSecrets.cardBureau],
    courier: [webhookSecrets.courier],
  },
});
