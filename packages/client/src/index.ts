export type { components, operations, paths } from './api';
export {
  createTajdidClient,
  idempotencyKey,
  type BulkLine,
  type BulkResult,
  type BulkVerification,
  type ClientSettings,
  type DocumentKept,
  type Filing,
  type TajdidClient,
  type VerificationAnswer,
  type VerificationQuestion,
} from './client';
export type { Case, CaseEvent, Follow } from './follow';
export { answer, TajdidProblem, TokenProblem, type ProblemCode, type ProblemDetails } from './problem';
export { clientCredentials, type ClientCredentials, type TokenSource } from './token';
export { readVerification, type Jwks, type VerificationCheck, type VerificationClaims } from './verification';
export { readWebhook, type CaseCloudEvent } from './webhooks';
