import { publicUrlOf, type Config } from '../engine/config';
import type { ApiSettings } from './deps';

/** What of the configuration the API itself needs; the issuer is the sandbox's where none is configured. */
export const settingsFrom = (config: Config, oidc: { issuer: string; audience: string }): ApiSettings => {
  const { webhookSecrets, borderNumbers, trustedProxies, requestsPerMinute } = config;
  return {
    ...oidc,
    publicUrl: publicUrlOf(config),
    ...(borderNumbers === undefined ? {} : { borderNumbers }),
    ...(trustedProxies === undefined ? {} : { trustedProxies }),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    webhookSecrets: {
      payments: webhookSecrets.payments,
      'card-bureau': webhookSecrets.cardBureau,
      courier: webhookSecrets.courier,
    },
  };
};
