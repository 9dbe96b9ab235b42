import type { Config } from '../engine/config';
import type { ApiSettings } from './deps';

/** What of the configuration the API itself needs; the issuer is the sandbox's where none is configured. */
export const settingsFrom = (
  {
    webhookSecrets,
    borderNumbers,
    trustedProxies,
  }: Pick<Config, 'webhookSecrets' | 'borderNumbers' | 'trustedProxies'>,
  oidc: { issuer: string; audience: string },
): ApiSettings => ({
  ...oidc,
  ...(borderNumbers === undefined ? {} : { borderNumbers }),
  ...(trustedProxies === undefined ? {} : { trustedProxies }),
  webhookSecrets: {
    payments: [webhookSecrets.payments],
    'card-bureau': [webhookSecrets.cardBureau],
    courier: [webhookSecrets.courier],
  },
});
