import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];

export const requestSeconds = new Histogram({
  name: 'tajdid_http_request_seconds',
  help: 'Time from a request to the end of its answer, by route',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
  registers,
});
export const casesStarted = new Counter({
  name: 'tajdid_cases_started_total',
  help: 'Cases filed',
  labelNames: ['type', 'channel'] as const,
  registers,
});
export const actionsTaken = new Counter({
  name: 'tajdid_actions_total',
  help: 'Actions, by what came of them',
  labelNames: ['action', 'outcome'] as const,
  registers,
});
export const webhooksTaken = new Counter({
  name: 'tajdid_webhooks_total',
  help: 'Webhooks from outside, by what came of them',
  labelNames: ['source', 'outcome'] as const,
  registers,
});
export const photosMeasured = new Counter({
  name: 'tajdid_photos_total',
  help: 'Photos uploaded, by what came of them',
  labelNames: ['outcome'] as const,
  registers,
});
export const verificationsAnswered = new Counter({
  name: 'tajdid_verifications_total',
  help: 'Verifications, by what was answered',
  labelNames: ['verdict'] as const,
  registers,
});
