import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { getGrpcStatusDetails } from '@temporalio/client/lib/helpers';
import { NamespaceNotFoundError } from '@temporalio/common';
import type { Bilingual } from '../domain/refusal';

/** Of gRPC. */
const [CANCELLED, DEADLINE_EXCEEDED, NOT_FOUND, PERMISSION_DENIED, UNAVAILABLE, UNAUTHENTICATED] = [1, 4, 5, 7, 14, 16];
const UNHEARD: readonly number[] = [CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE];
const REFUSED: readonly number[] = [PERMISSION_DENIED, UNAUTHENTICATED];

/** A worker's connection throws them as they are, others wrap them. */
const grpcErrorIn = (error: unknown) =>
  [error, error instanceof ServiceError ? error.cause : undefined].find(isGrpcServiceError);

const lacksNamespace = (error: unknown): boolean => {
  if (error instanceof NamespaceNotFoundError) return true;
  const answer = grpcErrorIn(error);
  return (
    answer !== undefined &&
    (getGrpcStatusDetails(answer) ?? []).some(({ type_url: type }) => type?.endsWith('.NamespaceNotFoundFailure'))
  );
};

/** What was asked after is not there, in a namespace that is. */
export const isNotThere = (error: unknown): boolean =>
  Number(grpcErrorIn(error)?.code) === NOT_FOUND && !lacksNamespace(error);

/** What stands in the way, where the engine itself said so; undefined when nothing was heard of it. */
export function engineSays(error: unknown, namespace: string): Bilingual | undefined {
  if (lacksNamespace(error))
    return {
      en: `The engine has no namespace ${namespace}: create it, or correct TEMPORAL_NAMESPACE.`,
      ar: `ليس في المحرك نطاق باسم ${namespace}: أنشئه أو صحّح TEMPORAL_NAMESPACE.`,
    };
  const answer = grpcErrorIn(error);
  if (!answer || UNHEARD.includes(answer.code)) return undefined;
  if (REFUSED.includes(answer.code))
    return {
      en: 'The engine lets this program do nothing: correct TEMPORAL_API_KEY or TEMPORAL_TLS.',
      ar: 'لا يأذن المحرك لهذا البرنامج: صحّح TEMPORAL_API_KEY أو TEMPORAL_TLS.',
    };
  // Its message may quote anything.
  return {
    en: `The engine answers with an error (gRPC ${answer.code}).`,
    ar: `يجيب المحرك بخطأ (gRPC ${answer.code}).`,
  };
}
