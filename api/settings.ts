import type { Config } from '../engine/config';
import type { ApiSettings } from './deps';

/** What of the configuration the API itself needs; the issuer is the sandbox's where none is configured. */
export const settingsFrom = (
  {
    webhookSecrets,
    borderNumbers,
    trustedProxies,
    requestsPerMinute,
  }: Pick<Config, 'webhookSecrets' | 'borderNumbers' | 'trustedProxies' | 'requestsPerMinute'>,
  oidc: { issuer: string; audience: string },
): ApiSettings => ({
  ...oidc,
  ...(borderNumbers === undefined ? {} : { borderNumbers }),
  ...(trustedProxies === undefined ? {} : { trustedProxies }),
  ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
  webhookSecrets: {
    payments: [webhookSecrets.payments],
    'card-bureau': [webhookSecrets.cardBureau],
    courier: [webhookSecrets.courier],
  },
});
